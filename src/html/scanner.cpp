#include "html/scanner.h"

#include "base/ascii.h"
#include "html/byte_class.h"
#include "html/byte_scan.h"
#include "html/tokenizer.h"

namespace candor::html {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
/// Bytes per token on ordinary pages; a wrong guess costs a reallocation only.
constexpr std::size_t kBytesPerToken = 48;
constexpr std::size_t kBytesPerAttribute = 96;

PageRange range_of(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

}  // namespace

Page tokenize(std::string_view bytes, TokenizeLimits limits) {
  return Scanner(bytes, StartState{}, limits).run();
}

Page tokenize_from(std::string_view bytes, const StartState& start, TokenizeLimits limits) {
  return Scanner(bytes, start, limits).run();
}

void read_start_tag(std::string_view bytes, std::size_t at, Page& into) {
  into = Scanner(bytes, at, std::move(into)).read_one_start_tag();
}

Scanner::Scanner(std::string_view bytes, std::size_t at, Page&& reused)
    : bytes_(bytes),
      at_(at),
      mode_(TextMode::Data),
      cdata_allowed_(false),
      page_(std::move(reused)) {
  page_.bytes = bytes;
  page_.tokens.clear();
  page_.attributes.clear();
}

Page Scanner::read_one_start_tag() {
  scan_tag(TokenKind::StartTag);
  return std::move(page_);
}

Scanner::Scanner(std::string_view bytes, const StartState& start, TokenizeLimits limits)
    : bytes_(bytes),
      mode_(start.mode),
      last_start_tag_(start.last_start_tag),
      cdata_allowed_(start.cdata_allowed) {
  page_.bytes = bytes;
  page_.limits = limits;
  if (bytes.size() > kLongestPage) return;
  page_.tokens.reserve(bytes.size() / kBytesPerToken + 8);
  page_.attributes.reserve(bytes.size() / kBytesPerAttribute + 8);
  if (!start.tree_feedback) return;
  feedback_.emplace(bytes, page_.attributes, limits);
  if (!start.fragment) return;
  mode_ = feedback_->enter_fragment(*start.fragment);
  last_start_tag_ = start.fragment->name;
}

Page Scanner::run() {
  if (bytes_.size() > kLongestPage) return std::move(page_);
  while (at_ < bytes_.size()) {
    if (mode_ == TextMode::Data)
      scan_data();
    else if (mode_ == TextMode::Plaintext)
      scan_plaintext();
    else
      scan_raw_text();
  }
  page_.certain_until = bytes_.size();
  if (feedback_ && feedback_->uncertain_from() < bytes_.size())
    page_.certain_until = feedback_->uncertain_from();
  page_.attributes_compared = feedback_ && feedback_->compared_attributes();
  return std::move(page_);
}

void Scanner::scan_data() {
  for (std::size_t open = at_;; ++open) {
    open = find('<', open);
    if (open + 1 >= bytes_.size()) return add_text(bytes_.size());
    const char next = bytes_[open + 1];
    const bool slash_at_the_end = next == '/' && open + 2 == bytes_.size();
    if (slash_at_the_end) return add_text(bytes_.size());
    if (!ascii::is_alpha(next) && next != '/' && next != '!' && next != '?') continue;
    add_text(open);
    return scan_markup();
  }
}

void Scanner::scan_raw_text() {
  const std::size_t end =
      mode_ == TextMode::ScriptData ? find_script_end_tag(at_) : find_end_tag(at_);
  add_text(end);
  if (at_ == bytes_.size()) return;
  mode_ = TextMode::Data;
  scan_tag(TokenKind::EndTag);
}

void Scanner::scan_plaintext() { add_text(bytes_.size()); }

void Scanner::scan_markup() {
  const char next = bytes_[at_ + 1];
  if (ascii::is_alpha(next)) return scan_tag(TokenKind::StartTag);
  if (next == '!') return scan_declaration();
  if (next == '?') return add_token(TokenKind::Comment, end_of_bogus_comment(at_ + 1));
  const char behind_slash = bytes_[at_ + 2];
  if (ascii::is_alpha(behind_slash)) return scan_tag(TokenKind::EndTag);
  if (behind_slash == '>') return add_token(TokenKind::Unfinished, at_ + 3);
  add_token(TokenKind::Comment, end_of_bogus_comment(at_ + 2));
}

void Scanner::scan_declaration() {
  constexpr std::string_view kDoctype = "doctype";
  constexpr std::string_view kCdata = "[CDATA[";
  const std::size_t word = at_ + 2;
  if (starts_with(word, "--")) return add_token(TokenKind::Comment, end_of_comment(word + 2));
  if (ascii::equals_ignoring_case(bytes_.substr(word, kDoctype.size()), kDoctype)) {
    add_token(TokenKind::Doctype, end_of_bogus_comment(word));  // ends at the first '>' too
    if (feedback_) feedback_->doctype(page_.tokens.back());
    return;
  }
  const bool cdata =
      starts_with(word, kCdata) && (feedback_ ? feedback_->cdata_allowed(at_) : cdata_allowed_);
  if (cdata) {
    add_token(TokenKind::Cdata, end_of_cdata(word + kCdata.size()));
    return;
  }
  add_token(TokenKind::Comment, end_of_bogus_comment(word));
}

void Scanner::scan_tag(TokenKind kind) {
  const std::size_t name = at_ + (kind == TokenKind::EndTag ? 2 : 1);
  const std::size_t name_end = byte_scan::find_name_end(bytes_, name, byte_class::kEndsName);
  Token& tag = page_.tokens.emplace_back();
  tag.kind = kind;
  tag.range = range_of(at_, bytes_.size());
  tag.first_attribute = static_cast<std::uint32_t>(page_.attributes.size());
  const std::size_t end = scan_attributes(name_end, tag);
  if (end == kNone || kind == TokenKind::EndTag) {
    page_.attributes.resize(tag.first_attribute);
    tag.attribute_count = 0;
    tag.self_closing = false;
  }
  at_ = end == kNone ? bytes_.size() : end;
  if (end == kNone) {
    tag.kind = TokenKind::Unfinished;
    tag.first_attribute = 0;
    return;
  }
  tag.range = range_of(tag.range.begin, end);
  tag.name = range_of(name, name_end);
  tag.tag = tag_at(name, name_end);
  if (kind == TokenKind::StartTag)
    finish_start_tag(tag);
  else if (feedback_)
    tag.foreign = feedback_->end_tag(tag);
}

Tag Scanner::tag_at(std::size_t name, std::size_t end) const {
  constexpr std::size_t kReadable = 16;
  return name + kReadable <= bytes_.size() ? find_tag_in_page(bytes_.data() + name, end - name)
                                           : find_tag(bytes_.substr(name, end - name));
}

void Scanner::finish_start_tag(Token& tag) {
  last_start_tag_ = tag.name.of(bytes_);
  if (!feedback_) return;
  const StartTagFeedback answer = feedback_->start_tag(tag, page_.attributes_of(tag));
  tag.mode = answer.mode;
  tag.foreign = answer.foreign;
  mode_ = answer.mode;
}

std::size_t Scanner::scan_attributes(std::size_t at, Token& tag) {
  for (;;) {
    at = byte_class::skip_space(bytes_, at);
    if (at == bytes_.size()) return kNone;
    if (bytes_[at] == '>') return at + 1;
    if (bytes_[at] == '/') {
      ++at;
      if (at < bytes_.size() && bytes_[at] == '>') {
        tag.self_closing = true;
        return at + 1;
      }
      continue;
    }
    at = scan_attribute(at, page_.attributes.emplace_back());
    if (at == kNone) return kNone;
    if (tag.attribute_count == page_.limits.attributes_per_tag)
      page_.attributes.pop_back();
    else
      ++tag.attribute_count;
  }
}

std::size_t Scanner::scan_attribute(std::size_t at, Attribute& attribute) const {
  // The first byte belongs to the name even when it is '='.
  const std::size_t name_end =
      byte_scan::find_name_end(bytes_, at + 1, byte_class::kEndsAttributeName);
  attribute.name = range_of(at, name_end);
  attribute.value = range_of(name_end, name_end);
  const std::size_t equals = byte_class::skip_space(bytes_, name_end);
  if (equals == bytes_.size()) return kNone;
  if (bytes_[equals] != '=') return equals;
  const std::size_t value = byte_class::skip_space(bytes_, equals + 1);
  if (value == bytes_.size()) return kNone;
  const char quote = bytes_[value];
  if (quote == '"' || quote == '\'') {
    const std::size_t end = find(quote, value + 1);
    if (end == bytes_.size()) return kNone;
    attribute.value = range_of(value + 1, end);
    attribute.quote = quote == '"' ? Quote::Double : Quote::Single;
    return end + 1;
  }
  // "<a href=>" has an empty value, and its tag ends at the '>'.
  attribute.value = range_of(value, byte_class::find(bytes_, value, byte_class::kEndsUnquoted));
  attribute.quote = Quote::Unquoted;
  return attribute.value.end;
}

std::size_t Scanner::end_of_comment(std::size_t data) const {
  for (std::size_t close = find('>', data); close < bytes_.size(); close = find('>', close + 1)) {
    const std::string_view before = bytes_.substr(data, close - data);
    if (before.empty() || before == "-" || before.ends_with("--") || before.ends_with("--!"))
      return close + 1;
  }
  return bytes_.size();
}

std::size_t Scanner::end_of_bogus_comment(std::size_t from) const {
  const std::size_t close = find('>', from);
  return close == bytes_.size() ? close : close + 1;
}

std::size_t Scanner::end_of_cdata(std::size_t data) const {
  const std::size_t close = bytes_.find("]]>", data);
  return close == kNone ? bytes_.size() : close + 3;
}

std::size_t Scanner::find(char c, std::size_t from) const {
  return byte_scan::find(bytes_, c, from);
}

void Scanner::add_text(std::size_t end) {
  if (end == at_) return;
  Token& text = page_.tokens.emplace_back();
  text.mode = mode_;
  text.range = range_of(at_, end);
  if (feedback_ && mode_ == TextMode::Data) feedback_->text(text);
  at_ = end;
}

void Scanner::add_token(TokenKind kind, std::size_t end) {
  Token& token = page_.tokens.emplace_back();
  token.kind = kind;
  token.range = range_of(at_, end);
  at_ = end;
}

}  // namespace candor::html
