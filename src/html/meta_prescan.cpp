#include "html/meta_prescan.h"

#include <set>
#include <string>

#include "base/ascii.h"
#include "html/byte_class.h"
#include "html/encoding_labels.h"

namespace candor::html {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

struct MetaAttribute {
  std::string name;  ///< lower case; empty: no further attribute
  std::string value;
};

class Prescan {
 public:
  explicit Prescan(std::string_view bytes) : bytes_(bytes) {}

  std::string_view run() {
    for (; at_ < bytes_.size(); ++at_) {
      const std::string_view rest = bytes_.substr(at_);
      if (!rest.starts_with('<')) continue;
      if (rest.starts_with("<!--")) {
        skip_comment();
      } else if (is_meta(rest)) {
        at_ += 5;
        const std::string_view found = read_meta();
        if (!found.empty()) return found;
      } else if (is_tag(rest)) {
        at_ = byte_class::find(bytes_, at_ + 1, byte_class::kEndsUnquoted);
        while (!next_attribute().name.empty()) {
        }
      } else if (rest.size() > 1 && std::string_view("!/?").contains(rest[1])) {
        at_ = std::min(bytes_.find('>', at_), bytes_.size());
      }
    }
    return {};
  }

 private:
  static bool is_meta(std::string_view rest) {
    return rest.size() > 5 && ascii::equals_ignoring_case(rest.substr(0, 5), "<meta") &&
           (ascii::is_space(rest[5]) || rest[5] == '/');
  }

  static bool is_tag(std::string_view rest) {
    if (rest.size() > 1 && ascii::is_alpha(rest[1])) return true;
    return rest.size() > 2 && rest[1] == '/' && ascii::is_alpha(rest[2]);
  }

  void skip_comment() {
    // The dashes of "<!--" may be those of "-->".
    const std::size_t end = bytes_.find("-->", at_ + 2);
    at_ = end == kNone ? bytes_.size() : end + 2;
  }

  std::string_view read_meta() {
    std::set<std::string> seen;
    bool got_pragma = false;
    bool by_content = false;
    std::string_view charset;
    for (;;) {
      const MetaAttribute attribute = next_attribute();
      if (attribute.name.empty()) break;
      if (!seen.insert(attribute.name).second) continue;
      if (attribute.name == "http-equiv") {
        got_pragma = got_pragma || attribute.value == "content-type";
      } else if (attribute.name == "content" && charset.empty()) {
        charset = find_encoding(charset_in(attribute.value));
        by_content = !charset.empty();
      } else if (attribute.name == "charset") {
        charset = find_encoding(attribute.value);
        by_content = false;
      }
    }
    if (by_content && !got_pragma) return {};
    if (charset == "UTF-16LE" || charset == "UTF-16BE") return "UTF-8";
    if (charset == "x-user-defined") return "windows-1252";
    return charset;
  }

  /// "Get an attribute": simpler than the tokenizer's rules, and cut off by the prescan's end.
  MetaAttribute next_attribute() {
    MetaAttribute attribute;
    while (at_ < bytes_.size() && (ascii::is_space(bytes_[at_]) || bytes_[at_] == '/')) ++at_;
    if (at_ == bytes_.size() || bytes_[at_] == '>') return attribute;
    const std::size_t name = at_;
    while (at_ < bytes_.size() && !ends_name(name)) ++at_;
    attribute.name = ascii::to_lower(bytes_.substr(name, at_ - name));
    at_ = byte_class::skip_space(bytes_, at_);
    if (at_ == bytes_.size() || bytes_[at_] != '=') return attribute;
    at_ = byte_class::skip_space(bytes_, at_ + 1);
    if (at_ == bytes_.size()) return {};
    const char quote = bytes_[at_];
    if (quote == '"' || quote == '\'') {
      const std::size_t end = bytes_.find(quote, at_ + 1);
      if (end == kNone) {
        at_ = bytes_.size();
        return {};
      }
      attribute.value = ascii::to_lower(bytes_.substr(at_ + 1, end - at_ - 1));
      at_ = end + 1;
      return attribute;
    }
    const std::size_t end = byte_class::find(bytes_, at_, byte_class::kEndsUnquoted);
    attribute.value = ascii::to_lower(bytes_.substr(at_, end - at_));
    at_ = end;
    return attribute;
  }

  bool ends_name(std::size_t name) const {
    const char c = bytes_[at_];
    return ascii::is_space(c) || c == '/' || c == '>' || (c == '=' && at_ > name);
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
};

}  // namespace

std::string_view prescan_meta(std::string_view first_bytes) { return Prescan(first_bytes).run(); }

std::string_view charset_in(std::string_view content) {
  constexpr std::string_view kWord = "charset";
  for (std::size_t at = 0; at + kWord.size() <= content.size(); ++at) {
    if (!ascii::equals_ignoring_case(content.substr(at, kWord.size()), kWord)) continue;
    const std::size_t equals = byte_class::skip_space(content, at + kWord.size());
    if (equals == content.size()) return {};
    if (content[equals] != '=') {
      at = equals - 1;
      continue;
    }
    const std::size_t value = byte_class::skip_space(content, equals + 1);
    if (value == content.size()) return {};
    const char quote = content[value];
    if (quote == '"' || quote == '\'') {
      const std::size_t end = content.find(quote, value + 1);
      return end == kNone ? std::string_view{} : content.substr(value + 1, end - value - 1);
    }
    return content.substr(value, content.find_first_of("; \t\n\f\r", value) - value);
  }
  return {};
}

}  // namespace candor::html
