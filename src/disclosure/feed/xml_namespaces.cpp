#include "disclosure/feed/xml_namespaces.h"

#include <utility>

#include "disclosure/feed/xml_scanner.h"

namespace candor::disclosure {

void XmlNamespaces::open(std::string_view tag) {
  constexpr std::size_t kMost = 256;
  ++depth_;
  if (tag.find("xmlns") == std::string_view::npos) return;
  for (auto& [name, value] : xml_attributes(tag)) {
    if (name != "xmlns" && !name.starts_with("xmlns:")) continue;
    if (bindings_.size() == kMost) {
      overflown_ = true;
      return;
    }
    bindings_.push_back({name == "xmlns" ? "" : name.substr(6), std::move(value), depth_});
  }
}

void XmlNamespaces::close() {
  while (!bindings_.empty() && bindings_.back().depth == depth_) bindings_.pop_back();
  if (depth_ > 0) --depth_;
}

std::optional<std::string_view> XmlNamespaces::of(std::string_view name) const {
  const std::string_view prefix = prefix_of(name);
  for (auto each = bindings_.rbegin(); each != bindings_.rend(); ++each)
    if (each->prefix == prefix) return each->uri;
  if (prefix.empty()) return std::string_view();
  if (prefix == "xml") return "http://www.w3.org/XML/1998/namespace";
  return std::nullopt;
}

}  // namespace candor::disclosure
