#include "css/custom_properties.h"

#include "base/ascii.h"
#include "css/declaration.h"
#include "css/token.h"

namespace candor::css {
namespace {

constexpr int kMaxDepth = 16;
constexpr int kMaxReferences = 2000;
constexpr std::size_t kMaxText = std::size_t{16} << 10;

class Replacement {
 public:
  explicit Replacement(const CustomProperties* properties) : properties_(properties) {}

  bool append(std::string_view text, std::string& out, int depth) {
    if (depth > kMaxDepth || out.size() + text.size() > kMaxText) return false;
    Scanner scanner(text);
    for (Token token = scanner.next(); !token.is(TokenKind::End); token = scanner.next()) {
      if (!token.is_function("var"))
        out += text.substr(token.begin, token.end - token.begin);
      else if (!append_reference(scanner, out, depth))
        return false;
    }
    return out.size() <= kMaxText;
  }

 private:
  bool append_reference(Scanner& scanner, std::string& out, int depth) {
    if (++references_ > kMaxReferences) return false;
    const std::size_t begin = scanner.position();
    std::size_t end = begin;
    std::size_t comma = std::string_view::npos;
    for (std::size_t open = 1; open > 0;) {
      const Token token = scanner.next();
      if (token.is(TokenKind::Function) || token.is(TokenKind::OpenRound)) ++open;
      if (token.is(TokenKind::CloseRound)) --open;
      if (token.is(TokenKind::Comma) && open == 1 && comma == std::string_view::npos)
        comma = token.begin;
      end = token.begin;
      if (token.is(TokenKind::End)) break;
    }
    const std::string_view text = scanner.text();
    const std::string_view name =
        ascii::trim(text.substr(begin, (comma == std::string_view::npos ? end : comma) - begin));
    if (append_property(name, out, depth)) return true;
    if (comma == std::string_view::npos) return false;
    return append(text.substr(comma + 1, end - comma - 1), out, depth + 1);
  }

  bool append_property(std::string_view name, std::string& out, int depth) {
    if (properties_ == nullptr) return false;
    const auto found = properties_->find(name);
    if (found == properties_->end() || ascii::equals_ignoring_case(found->second, "initial"))
      return false;
    const std::size_t before = out.size();
    if (append(found->second, out, depth + 1)) return true;
    out.resize(before);
    return false;
  }

  const CustomProperties* properties_;
  int references_ = 0;
};

}  // namespace

std::optional<std::string> with_references_replaced(std::string_view value,
                                                    const CustomProperties* properties) {
  if (!has_reference(value)) return std::string(value);
  std::string out;
  if (!Replacement(properties).append(value, out, 0)) return std::nullopt;
  return std::string(ascii::trim(out));
}

}  // namespace candor::css
