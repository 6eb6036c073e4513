#include "disclosure/page/page_tree.h"

#include <algorithm>

#include "base/ascii.h"

namespace candor::disclosure {
namespace {

/// Whether browsers lay the page out by the standards: by the doctype's name and the identifiers
/// that still matter (HTML standard, 13.2.6.4.1).
bool is_quirky(const html::Page& page) {
  for (const html::Token& token : page.tokens) {
    if (token.kind == html::TokenKind::Comment) continue;
    if (token.kind == html::TokenKind::Text) {
      const std::string_view bytes = token.range.of(page.bytes);
      if (std::all_of(bytes.begin(), bytes.end(), ascii::is_space) ||
          bytes.find_first_not_of("\xEF\xBB\xBF \t\r\n\f") == std::string_view::npos)
        continue;
    }
    if (token.kind != html::TokenKind::Doctype) return true;
    const std::string text = ascii::to_lower(token.range.of(page.bytes));
    const bool is_html = text.find("html") != std::string::npos;
    const bool old = text.find("//dtd html 3") != std::string::npos ||
                     text.find("//dtd html 2") != std::string::npos ||
                     ((text.find("html 4.01 transitional") != std::string::npos ||
                       text.find("html 4.01 frameset") != std::string::npos) &&
                      text.find("http") == std::string::npos) ||
                     text.find("html 4.0 transitional") != std::string::npos;
    return !is_html || old;
  }
  return true;
}

}  // namespace

PageTree::PageTree(const html::Page& page, const Outline& outline, const html::Encoding& encoding)
    : page_(page),
      outline_(outline),
      encoding_(encoding),
      size_(static_cast<css::Node>(outline.elements.size())),
      quirks_(is_quirky(page)),
      names_(outline.elements.size()) {
  html_ = own_html();
  body_ = own_body();
  for (css::Node i = 0; i < size_; ++i) {
    const Element& element = outline.elements[i];
    if (element.foreign || element.inert) continue;
    if (element.tag == Tag::Html && html_ == own_html()) html_ = i;
    if ((element.tag == Tag::Body || element.tag == Tag::Frameset) && body_ == own_body())
      body_ = i;
    if (html_ != own_html() && body_ != own_body()) break;
  }
}

Tag PageTree::tag(css::Node node) const {
  if (node == own_html()) return Tag::Html;
  return node == own_body() ? Tag::Body : outline_.elements[node].tag;
}

bool PageTree::is_foreign(css::Node node) const {
  return node < size_ && outline_.elements[node].foreign;
}

std::string_view PageTree::name(css::Node node) const {
  if (node == own_html()) return "html";
  if (node == own_body()) return "body";
  return page_.name_of(page_.tokens[outline_.elements[node].start_token]);
}

std::optional<std::string_view> PageTree::attribute(css::Node node, std::string_view name) const {
  if (node >= size_) return std::nullopt;
  const bool id = name == "id";
  if (!id && name != "class") return read_attribute(node, name);
  Names& names = names_[node];
  if (!names.read) {
    names.id = read_attribute(node, "id");
    names.classes = read_attribute(node, "class");
    names.read = true;
  }
  return id ? names.id : names.classes;
}

std::optional<std::string_view> PageTree::read_attribute(css::Node node,
                                                         std::string_view name) const {
  const html::Token& tag = page_.tokens[outline_.elements[node].start_token];
  const html::Attribute* found = page_.find_attribute(tag, name);
  if (found == nullptr) return std::nullopt;
  const std::string_view bytes = found->value.of(page_.bytes);
  const bool plain = std::all_of(bytes.begin(), bytes.end(), [](char c) {
    return c != '&' && c != '\r' && c != '\0' && static_cast<unsigned char>(c) < 0x80;
  });
  if (plain) return bytes;
  const auto [place, added] = decoded_.try_emplace(found->value.begin);
  if (added)
    place->second = texts_.emplace_back(attribute_text(page_, tag, name, encoding_).value_or(""));
  return place->second;
}

css::Node PageTree::parent(css::Node node) const {
  if (node == html_) return css::kNoNode;
  if (node == body_) return html_;
  if (node >= size_) return css::kNoNode;  // a left-out element's twin that the page does have
  const Element& element = outline_.elements[node];
  if (element.tag == Tag::Head) return html_;
  if (element.parent == kNoElement || element.parent == html_) return body_;
  return element.parent;
}

void PageTree::link_siblings() const {
  if (!previous_.empty()) return;
  previous_.assign(size(), css::kNoNode);
  next_.assign(size(), css::kNoNode);
  std::vector<css::Node> last(size(), css::kNoNode);
  const auto append = [&](css::Node node) {
    const css::Node above = parent(node);
    if (above == css::kNoNode) return;
    previous_[node] = last[above];
    if (last[above] != css::kNoNode) next_[last[above]] = node;
    last[above] = node;
  };
  for (css::Node i = 0; i < size_; ++i) append(i);
}

css::Node PageTree::previous(css::Node node) const {
  link_siblings();
  return previous_[node];
}

css::Node PageTree::next(css::Node node) const {
  link_siblings();
  return next_[node];
}

}  // namespace candor::disclosure
