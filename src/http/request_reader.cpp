#include "http/request_reader.h"

#include <llhttp.h>

#include <algorithm>
#include <span>
#include <utility>

#include "base/ascii.h"
#include "http/grammar.h"

namespace candor::http {
namespace {

constexpr std::size_t kSpareMessages = 64;
constexpr std::size_t kSpareBodyBytes = std::size_t{64} << 10;

/// What assign() does, without a call when there is room.
void copy(std::string_view from, std::string& to) {
  // The size that the operation is told is not always the one asked for (GCC 12).
  to.resize_and_overwrite(
      from.size(), [from](char* bytes, std::size_t) { return from.copy(bytes, from.size()); });
}

/// Whether the head is the whole request and says nothing that only a parser looks at.
bool is_plain(std::string_view head, const HeadFacts& facts) {
  const std::string_view method = facts.method.of(head);
  return (method == "GET" || method == "HEAD") && head[facts.target.begin] == '/' &&
         head[facts.minor_at] <= '1' && !facts.chunked && !facts.content_length;
}

}  // namespace

class ParsedMessage {
 public:
  ParsedMessage();

  /// Makes ready for another request; the strings keep their memory.
  void reset();
  bool parse(std::string_view bytes);
  /// Takes method, target and connection facts over, and checks that the parser saw the same head
  /// as the scanner.
  bool adopt(std::string_view head, const HeadFacts& facts, std::string_view peer);
  /// The same without a parser: of a request whose head is all there is.
  void take_over(std::string_view head, const HeadFacts& facts, std::span<const HeadField> fields,
                 std::string_view peer);

  Request request;
  bool complete = false;

 private:
  static const llhttp_settings_t& settings();
  static ParsedMessage& of(llhttp_t* parser) { return *static_cast<ParsedMessage*>(parser->data); }
  static int on_field(llhttp_t* parser, const char* at, std::size_t size);
  static int on_value(llhttp_t* parser, const char* at, std::size_t size);
  static int on_body(llhttp_t* parser, const char* at, std::size_t size);
  static int on_headers_complete(llhttp_t* parser);
  static int on_message_complete(llhttp_t* parser);

  HeaderList::value_type& next_header();
  void end_head();
  void set_line(std::string_view head, const HeadFacts& facts, std::string_view peer);
  void split_target(std::string_view target);
  void set_host(std::string_view authority);

  llhttp_t parser_{};
  HeaderList spare_;
  std::size_t headers_ = 0;  // of this head so far
  bool named_ = false;       // the next header has a name and no value yet
  bool head_done_ = false;
  bool parsing_ = false;  // parser_ is begun
};

ParsedMessage::ParsedMessage() { reset(); }

const llhttp_settings_t& ParsedMessage::settings() {
  static const llhttp_settings_t all = [] {
    llhttp_settings_t made;
    llhttp_settings_init(&made);
    made.on_header_field = on_field;
    made.on_header_value = on_value;
    made.on_body = on_body;
    made.on_headers_complete = on_headers_complete;
    made.on_message_complete = on_message_complete;
    return made;
  }();
  return all;
}

void ParsedMessage::reset() {
  parsing_ = false;
  if (request.body.capacity() > kSpareBodyBytes) request.body = std::string();
  request.body.clear();
  headers_ = 0;
  named_ = head_done_ = complete = false;
}

int ParsedMessage::on_field(llhttp_t* parser, const char* at, std::size_t size) {
  ParsedMessage& self = of(parser);
  if (self.head_done_) return 0;  // trailers are read over, never merged
  // A head is parsed in one piece, and so are its names and values.
  if (std::exchange(self.named_, true)) return -1;
  self.next_header().first.assign(at, size);
  return 0;
}

int ParsedMessage::on_value(llhttp_t* parser, const char* at, std::size_t size) {
  ParsedMessage& self = of(parser);
  if (self.head_done_) return 0;
  if (!std::exchange(self.named_, false)) return -1;
  self.request.headers[self.headers_++].second = trim_blanks({at, size});
  return 0;
}

/// The strings of the message before lend their memory.
HeaderList::value_type& ParsedMessage::next_header() {
  HeaderList& headers = request.headers;
  if (headers_ == headers.size()) {
    headers.emplace_back();
    if (!spare_.empty()) {
      headers.back().swap(spare_.back());
      spare_.pop_back();
    }
  }
  return headers[headers_];
}

void ParsedMessage::end_head() {
  head_done_ = true;
  for (HeaderList& headers = request.headers; headers.size() > headers_; headers.pop_back())
    spare_.push_back(std::move(headers.back()));
}

int ParsedMessage::on_body(llhttp_t* parser, const char* at, std::size_t size) {
  of(parser).request.body.append(at, size);
  return 0;
}

int ParsedMessage::on_headers_complete(llhttp_t* parser) {
  of(parser).end_head();
  return 0;
}

int ParsedMessage::on_message_complete(llhttp_t* parser) {
  of(parser).complete = true;
  return HPE_PAUSED;
}

bool ParsedMessage::parse(std::string_view bytes) {
  if (!std::exchange(parsing_, true)) {
    llhttp_init(&parser_, HTTP_REQUEST, &settings());
    parser_.data = this;
  }
  const llhttp_errno_t result = llhttp_execute(&parser_, bytes.data(), bytes.size());
  // A wish to upgrade is ignored (RFC 9110 7.8), which llhttp reports as a pause of its own.
  return result == HPE_OK || (complete && (result == HPE_PAUSED || result == HPE_PAUSED_UPGRADE));
}

bool ParsedMessage::adopt(std::string_view head, const HeadFacts& facts, std::string_view peer) {
  const bool chunked = (parser_.flags & F_CHUNKED) != 0;
  const bool has_body = facts.chunked || facts.content_length.value_or(0) > 0;
  if (!head_done_ || request.headers.size() != facts.header_count || complete == has_body)
    return false;
  if (has_body && (chunked != facts.chunked ||
                   (!chunked && parser_.content_length != facts.content_length.value_or(0))))
    return false;
  set_line(head, facts, peer);
  return true;
}

void ParsedMessage::take_over(std::string_view head, const HeadFacts& facts,
                              std::span<const HeadField> fields, std::string_view peer) {
  for (const HeadField& field : fields) {
    auto& [name, value] = next_header();
    copy(field.name, name);
    copy(field.value, value);
    ++headers_;
  }
  end_head();
  complete = true;
  set_line(head, facts, peer);
}

void ParsedMessage::set_line(std::string_view head, const HeadFacts& facts, std::string_view peer) {
  copy(facts.method.of(head), request.method);
  split_target(facts.target.of(head));
  if (request.peer != peer) copy(peer, request.peer);
  request.keep_alive = !facts.asks_close && (facts.minor == 1 || facts.asks_keep_alive);
}

void ParsedMessage::split_target(std::string_view target) {
  request.target.clear();
  if (target.front() != '/' && target != "*") {
    // Absolute form: its authority replaces Host (RFC 9112 3.2.2), its path becomes the target.
    target.remove_prefix(target.find("://") + 3);
    const std::size_t end = std::min(target.find_first_of("/?"), target.size());
    set_host(target.substr(0, end));
    target.remove_prefix(end);
    if (target.empty() || target.front() != '/') request.target = "/";
  }
  request.target += target;
  const std::string_view whole = request.target;
  const std::size_t mark = std::min(whole.find('?'), whole.size());
  copy(whole.substr(0, mark), request.path);
  copy(whole.substr(std::min(mark + 1, whole.size())), request.query);
}

void ParsedMessage::set_host(std::string_view authority) {
  for (auto& [name, value] : request.headers)
    if (ascii::equals_ignoring_case(name, "host")) {
      value.assign(authority);
      return;
    }
  request.headers.emplace_back("Host", authority);
}

MessagePool::MessagePool() = default;
MessagePool::~MessagePool() = default;

std::unique_ptr<ParsedMessage> MessagePool::take() {
  if (spare_.empty()) return std::make_unique<ParsedMessage>();
  std::unique_ptr<ParsedMessage> message = std::move(spare_.back());
  spare_.pop_back();
  return message;
}

void MessagePool::give_back(std::unique_ptr<ParsedMessage> message) {
  if (spare_.size() >= kSpareMessages) return;
  message->reset();
  spare_.push_back(std::move(message));
}

RequestReader::RequestReader(MessagePool& pool, const Limits& limits)
    : pool_(pool), limits_(limits) {}
RequestReader::~RequestReader() = default;

const Request& RequestReader::request() const { return message_->request; }

void RequestReader::drop_body() { message_->request.body.clear(); }

std::optional<std::size_t> RequestReader::announced_length() const {
  if (!in_body_ || chunks_) return std::nullopt;
  return static_cast<std::size_t>(*head_.facts().content_length);
}

RequestReader::Step RequestReader::bad(int status) {
  status_ = status;
  return Step::Bad;
}

RequestReader::Step RequestReader::read(std::string_view bytes) {
  consumed_ = 0;
  if (!in_body_) {
    const Step step = read_head(bytes);
    if (step != Step::NeedMore || !in_body_) return step;
  }
  return read_body(bytes.substr(consumed_));
}

RequestReader::Step RequestReader::read_head(std::string_view bytes) {
  const bool from_start = head_.size() == 0;
  switch (head_.scan(bytes, limits_, pool_.fields)) {
    case HeadScanner::Step::NeedMore:
      return Step::NeedMore;
    case HeadScanner::Step::Bad:
      return bad(head_.status());
    case HeadScanner::Step::Complete:
      break;
  }
  const HeadFacts& facts = head_.facts();
  const std::string_view head = bytes.substr(0, head_.size());
  message_ = pool_.take();
  if (from_start && is_plain(head, facts))
    message_->take_over(head, facts, pool_.fields, peer_);
  else if (!parse_head(head))
    return bad(400);
  consumed_ = head.size();
  minor_ = facts.minor;
  if (message_->complete) return Step::Complete;
  in_body_ = true;
  awaits_continue_ = facts.expects_continue && facts.minor == 1;
  if (facts.chunked)
    chunks_.emplace();
  else
    body_left_ = static_cast<std::size_t>(*facts.content_length);
  return Step::NeedMore;
}

bool RequestReader::parse_head(std::string_view head) {
  const HeadFacts& facts = head_.facts();
  // llhttp knows no HTTP/1.2; RFC 9110 2.5 has us treat it as the highest version we speak.
  const bool newer = head[facts.minor_at] > '1';
  const bool parsed = newer ? message_->parse(head.substr(0, facts.minor_at)) &&
                                  message_->parse("1") &&
                                  message_->parse(head.substr(facts.minor_at + 1))
                            : message_->parse(head);
  return parsed && message_->adopt(head, facts, peer_);
}

RequestReader::Step RequestReader::read_body(std::string_view bytes) {
  if (bytes.empty()) return Step::NeedMore;
  awaits_continue_ = false;
  bool framed = true;
  bool ended = false;
  std::size_t size = 0;
  if (chunks_) {
    const ChunkScanner::Step step = chunks_->scan(bytes, limits_);
    size = chunks_->consumed();
    framed = step != ChunkScanner::Step::Bad;
    ended = step == ChunkScanner::Step::Complete;
  } else {
    size = std::min(bytes.size(), body_left_);
    body_left_ -= size;
    ended = body_left_ == 0;
  }
  // The parser goes first: what it refuses lies before what the scanner refused, and would have
  // been met alone had the bytes come one by one.
  if (!message_->parse(bytes.substr(0, size)) || message_->complete != ended) return bad(400);
  if (!framed) return bad(chunks_->status());
  consumed_ += size;
  return ended ? Step::Complete : Step::NeedMore;
}

void RequestReader::next() {
  if (message_) pool_.give_back(std::move(message_));
  head_ = HeadScanner();
  chunks_.reset();
  body_left_ = 0;
  in_body_ = awaits_continue_ = false;
}

}  // namespace candor::http
