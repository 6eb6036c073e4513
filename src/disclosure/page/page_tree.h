#pragma once
// A page's outline as selectors see it. The html and body elements that a page leaves out are
// there, as in browsers.
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "css/selector.h"
#include "disclosure/page/outline.h"

namespace candor::disclosure {

/// Nodes are indices of Outline::elements, then the elements left out. Views page, outline and
/// encoding. Not for several threads at once.
class PageTree final : public css::Tree {
 public:
  PageTree(const html::Page& page, const Outline& outline, const html::Encoding& encoding);

  std::string_view name(css::Node node) const override;
  std::optional<std::string_view> attribute(css::Node node, std::string_view name) const override;
  css::Node parent(css::Node node) const override;
  css::Node previous(css::Node node) const override;
  css::Node next(css::Node node) const override;
  bool quirks() const override { return quirks_; }

  Tag tag(css::Node node) const;
  bool is_foreign(css::Node node) const;
  css::Node body() const { return body_; }
  css::Node size() const { return size_ + 2; }

 private:
  css::Node own_html() const { return size_; }
  css::Node own_body() const { return size_ + 1; }
  void link_siblings() const;
  std::optional<std::string_view> read_attribute(css::Node node, std::string_view name) const;

  const html::Page& page_;
  const Outline& outline_;
  const html::Encoding& encoding_;
  css::Node size_ = 0;
  css::Node html_ = css::kNoNode;
  css::Node body_ = css::kNoNode;
  bool quirks_ = true;
  mutable std::vector<css::Node> previous_;  ///< of all nodes, made when first asked for
  mutable std::vector<css::Node> next_;
  /// The attributes selectors ask for again and again, of each node.
  struct Names {
    bool read = false;
    std::optional<std::string_view> id;
    std::optional<std::string_view> classes;
  };
  mutable std::vector<Names> names_;
  mutable std::deque<std::string> texts_;
  mutable std::unordered_map<std::size_t, std::string_view> decoded_;  ///< by the value's offset
};

}  // namespace candor::disclosure
