#include "proxy/exchange.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <utility>

#include "base/ascii.h"
#include "disclosure/feed/feed_parts.h"
#include "http/gzip.h"
#include "proxy/forwarding.h"

namespace candor::proxy {
namespace {

using std::chrono::steady_clock;

// Bytes of an upload that wait for the origin: above the first the reader is asked to stop.
constexpr std::size_t kUploadHigh = std::size_t{256} << 10;
constexpr std::size_t kUploadLow = std::size_t{64} << 10;
constexpr std::size_t kPiece = std::size_t{64} << 10;
// A page up to here is looked up on the loop; what takes longer to hash is a worker's.
constexpr std::size_t kLookUpHere = std::size_t{256} << 10;
// Of an XML document: its root tells whether it is a feed.
constexpr std::size_t kSniffed = std::size_t{4} << 10;

bool is_safe(std::string_view method) {
  return method == "GET" || method == "HEAD" || method == "OPTIONS";
}

/// A POST without a body says so, or some origins wait for one.
bool says_its_body(std::string_view method) {
  return method == "POST" || method == "PUT" || method == "PATCH";
}

http::Request without_body(const http::Request& request) {
  http::Request copy;
  copy.method = request.method;
  copy.target = request.target;
  copy.path = request.path;
  copy.query = request.query;
  copy.headers = request.headers;
  copy.peer = request.peer;
  copy.keep_alive = request.keep_alive;
  return copy;
}

std::string milliseconds(steady_clock::duration time) {
  return fmt::format("{:.3f}", std::chrono::duration<double, std::milli>(time).count());
}

void add_vary(http::HeaderList& headers) {
  for (const auto& [name, value] : headers)
    if (ascii::equals_ignoring_case(name, "vary") &&
        (value == "*" || ascii::to_lower(value).contains("accept-encoding")))
      return;
  headers.emplace_back("Vary", "Accept-Encoding");
}

/// On a worker. Throws as work_on does.
std::shared_ptr<const ReadyPage> ready_page(OriginFront::Hub& hub, RawPage& raw,
                                            const std::optional<std::string>& rules) {
  const std::string key = rules ? key_of(raw, *rules) : "";
  if (auto known = rules ? hub.cache->find(key) : nullptr) return known;
  auto page = std::make_shared<ReadyPage>();
  *page = work_on(raw, hub.options.edit, hub.options.page_bytes);
  if (rules &&
      (page->outcome == PageOutcome::Disclosed || page->outcome == PageOutcome::Unchanged)) {
    try {
      hub.cache->keep(key, page);
    } catch (const std::bad_alloc&) {
      // The page is there; the next reader's is made anew.
    }
  }
  return page;
}

/// Nothing when there was no memory for it, or whatever else it may be: a worker that ended without
/// a word would leave the reader waiting. `raw` still has its bytes then.
std::shared_ptr<const ReadyPage> try_ready_page(OriginFront::Hub& hub, RawPage& raw,
                                                const std::optional<std::string>& rules) noexcept {
  try {
    return ready_page(hub, raw, rules);
  } catch (...) {
    return nullptr;
  }
}

}  // namespace

Exchange::Exchange(Hub& hub, const http::Request& request, http::Reply reply)
    : hub_(hub),
      request_(without_body(request)),
      reply_(std::move(reply)),
      body_(request.body),
      asked_at_(steady_clock::now()) {}

Exchange::~Exchange() { hub_.release(reserved_); }

void Exchange::begin(std::optional<http::RequestBody> upload) {
  if (upload) upload_.emplace(std::move(*upload));
  // Who calls may outlive this: an answer may wait for its turn, and an upload for its rest.
  reply_.on_gone([still = weak_from_this()] {
    if (const auto self = still.lock()) self->give_up();
  });
  if (upload_) listen_to_upload();
  rules_ = hub_.rules();
  conditions_ = translate_conditions(request_, rules_, wants_page(request_));
  ask(true);
  spent_ = steady_clock::now() - asked_at_;
}

void Exchange::ask(bool with_range) {
  fetch::StreamRequest request;
  request.method = request_.method;
  request.url = hub_.options.url;
  request.unix_socket_path = hub_.options.unix_socket_path;
  request.target = request_.target;
  request.headers = origin_headers(request_, conditions_, hub_.options.proxies);
  if (!with_range) drop_range(request.headers);
  has_range_ = !find_value(request.headers, "range").empty();
  request.has_body = upload_ || !body_.empty() || says_its_body(request_.method);
  request.body_length = upload_ ? upload_->length() : std::optional<std::uint64_t>(body_.size());
  request.fresh_connection = !is_safe(request_.method);
  handle_ = hub_.client.send(std::move(request), *this);
}

void Exchange::listen_to_upload() {
  body_whole_ = false;
  const auto still = weak_from_this();
  upload_->receive(
      [still](std::string_view bytes) {
        if (const auto self = still.lock()) self->take_upload(bytes);
      },
      [still](bool whole) {
        const auto self = still.lock();
        if (!self) return;
        self->body_whole_ = whole;
        whole ? self->handle_.resume_body() : self->give_up();
      });
}

void Exchange::take_upload(std::string_view bytes) {
  body_.erase(0, std::exchange(body_sent_, 0));
  body_ += bytes;
  if (body_.size() > kUploadHigh && !std::exchange(upload_paused_, true)) upload_->pause();
  handle_.resume_body();
}

std::size_t Exchange::give_body(std::span<char> into, bool& ended) {
  const std::size_t size = std::min(into.size(), body_.size() - body_sent_);
  body_.copy(into.data(), size, body_sent_);
  body_sent_ += size;
  const std::size_t left = body_.size() - body_sent_;
  if (left == 0) {
    body_.clear();
    body_sent_ = 0;
  }
  if (left <= kUploadLow && std::exchange(upload_paused_, false)) upload_->resume();
  ended = body_whole_ && left == 0;
  return size;
}

void Exchange::on_interim(fetch::StreamHead head) {
  if (head.status != 103) return;  // what else there is concerns this connection
  http::Response interim;
  interim.status = head.status;
  interim.headers = std::move(head.headers);
  remove_connection_headers(interim.headers);
  reply_.send_interim(interim);
}

bool Exchange::is_left_alone() const {
  return std::ranges::any_of(hub_.options.leave_alone, [this](const std::string& path) {
    return request_.path.starts_with(path);
  });
}

Exchange::Subject Exchange::subject() const {
  // A download is kept, not read.
  if (is_left_alone() ||
      ascii::to_lower(find_value(answer_.headers, "content-disposition")).starts_with("attachment"))
    return Subject::Other;
  const std::string type = media_type(answer_.headers);
  if (type == "text/html" || type == "application/xhtml+xml") return Subject::Page;
  if (type == "application/rss+xml" || type == "application/atom+xml") return Subject::Feed;
  if (type != "text/xml" && type != "application/xml" && type != "application/rdf+xml")
    return Subject::Other;
  // Programs talk XML, too; what can be subscribed to is fetched.
  const bool fetched = request_.method == "GET" || request_.method == "HEAD";
  return fetched && (answer_.status == 200 || answer_.status == 206) ? Subject::Xml
                                                                     : Subject::Other;
}

Exchange::Plan Exchange::judge() const {
  if (answer_.status == 204 || answer_.status == 304 || subject_ == Subject::Other)
    return Plan::Pass;
  return request_.method == "HEAD" ? Plan::HeadOnly : Plan::Collect;
}

/// Whether the document under way need not be held up any longer: its beginning is no feed's.
bool Exchange::is_other_xml() {
  if (subject_ != Subject::Xml || sniffed_ || collected_.size() < kSniffed ||
      find_coding(find_value(answer_.headers, "content-encoding")) != Coding::Identity)
    return false;
  sniffed_ = disclosure::is_feed(collected_);
  return !sniffed_;
}

void Exchange::on_head(fetch::StreamHead head) {
  answer_.status = head.status;
  answer_.headers = std::move(head.headers);
  length_ = head.length;
  remove_connection_headers(answer_.headers);
  version_ = {std::string(find_value(answer_.headers, "etag")),
              std::string(find_value(answer_.headers, "last-modified"))};
  subject_ = subject();
  plan_ = judge();
  if (plan_ == Plan::Pass) {
    if (answer_.status == 304) bind_not_modified();
    pass();
    return;
  }
  if (answer_.status == 206) {
    // A part of a page is a part of what the origin has, which is not what readers get: the whole
    // is asked for instead.
    plan_ = Plan::Undecided;
    if (has_range_) ask(false);
    return;
  }
  const bool is_xml = subject_ == Subject::Xml;
  if (!is_xml) hub_.counters->pages.fetch_add(1, std::memory_order_relaxed);
  if (plan_ == Plan::HeadOnly) return;
  if (!find_coding(find_value(answer_.headers, "content-encoding"))) {
    if (!is_xml) {
      hub_.counters->unsafe.fetch_add(1, std::memory_order_relaxed);
      mark_no_store();
    }
    pass();
  } else if (length_.value_or(0) > hub_.options.page_bytes) {
    if (!is_xml) hub_.counters->too_large.fetch_add(1, std::memory_order_relaxed);
    pass();
  } else if (length_) {
    collected_.reserve(static_cast<std::size_t>(*length_));
  }
}

void Exchange::pass() {
  plan_ = Plan::Pass;
  stream_.emplace(std::move(reply_), std::move(answer_), length_);
  stream_->on_room([this] { handle_.resume_answer(); });
}

/// What was collected goes out first, as fast as the reader takes it.
void Exchange::pass_collected() {
  pass();
  ReadyPage begun;
  begun.bytes = std::move(collected_);
  page_ = std::make_shared<const ReadyPage>(std::move(begun));
  collected_ = std::string();
  more_follows_ = true;
  stream_->on_room([this] { feed(); });
  feed();
}

bool Exchange::on_body(std::string_view bytes) {
  if (plan_ == Plan::Collect) {
    if (is_other_xml()) {
      pass_collected();
    } else if (bytes.size() > hub_.options.page_bytes - collected_.size()) {
      hub_.counters->too_large.fetch_add(1, std::memory_order_relaxed);
      pass_collected();
    } else if (!hub_.reserve(bytes.size())) {
      hub_.note_failure(request_.path, "the pages under way fill all buffers");
      mark_no_store();
      pass_collected();
    } else {
      reserved_ += bytes.size();
      collected_ += bytes;
      return true;
    }
  }
  if (plan_ != Plan::Pass) return true;
  if (!more_follows_) return stream_->write(bytes);
  collected_ += bytes;  // behind what is still on its way
  return false;
}

void Exchange::on_end(std::optional<fetch::Error> error) {
  received_at_ = steady_clock::now();
  if (!error && plan_ == Plan::Undecided)
    error = fetch::Error{fetch::ErrorKind::Broken, "a part nobody asked for"};
  if (error) {
    fail(*error);
    return;
  }
  switch (plan_) {
    case Plan::Undecided:
      break;
    case Plan::Pass: {
      answer_ended_ = true;
      if (more_follows_) break;
      const auto held = shared_from_this();
      stream_->end();
      finish();
      break;
    }
    case Plan::HeadOnly: {
      dress(nullptr, our_tag());
      length_.reset();
      pass();
      stream_->end();
      finish();
      break;
    }
    case Plan::Collect:
      work();
      break;
  }
}

void Exchange::mark_no_store() {
  remove_all(answer_.headers, "cache-control");
  remove_all(answer_.headers, "expires");
  answer_.headers.emplace_back("Cache-Control", "no-store");
}

/// Of the origin's version of a page under the rules by which we asked; empty when either is
/// unknown, or the answer is not the page itself.
std::string Exchange::our_tag() const {
  if (answer_.status != 200 || !rules_) return {};
  if (plan_ == Plan::HeadOnly && subject_ == Subject::Xml) return {};
  return tag_for(version_, *rules_).value_or("");
}

/// The origin speaks of its own tag; readers know the one we made of it.
void Exchange::bind_not_modified() {
  if (conditions_.asked.empty() || !rules_) return;
  const std::string tag = tag_for(version_, *rules_).value_or("");
  const bool known = std::ranges::find(conditions_.asked, tag) != conditions_.asked.end();
  remove_all(answer_.headers, "etag");
  remove_all(answer_.headers, "last-modified");
  answer_.headers.emplace_back("ETag", known ? tag : conditions_.asked.front());
}

void Exchange::work() {
  RawPage raw;
  raw.bytes = std::move(collected_);
  raw.coding = find_coding(find_value(answer_.headers, "content-encoding")).value();
  raw.context.feed = subject_ != Subject::Page;
  raw.is_sniffed = subject_ == Subject::Xml;
  raw.context.record = !raw.context.feed && request_.method == "GET" && answer_.status == 200;
  // A query may ask for anything: only the page can say which article it is.
  if (request_.query.empty()) raw.context.path = request_.path;
  raw.context.stylesheet = [&hub = hub_](std::string_view url) { return hub.sheets.find(url); };
  raw.reader_takes_gzip = http::accepts_gzip(request_.find_header("accept-encoding").value_or(""));
  if (rules_ && raw.bytes.size() <= kLookUpHere)
    if (auto known = hub_.cache->find(key_of(raw, *rules_))) {
      show(std::move(known));
      return;
    }
  const auto work = std::make_shared<RawPage>(std::move(raw));
  if (hub_.pool.submit([&hub = hub_, rules = rules_, still = weak_from_this(), work] {
        auto page = try_ready_page(hub, *work, rules);
        hub.loop.post([still, work, page = std::move(page)] {
          const auto exchange = still.lock();
          if (!exchange) return;
          if (page)
            exchange->show(page);
          else
            exchange->pass_unworked(std::move(work->bytes), "no memory to work on it");
        });
      }))
    return;
  pass_unworked(std::move(work->bytes), "too many pages wait for a worker");
}

/// By our own failure: all of the origin's bytes, as they came.
void Exchange::pass_unworked(std::string bytes, const std::string& why) {
  const auto held = shared_from_this();
  hub_.note_failure(request_.path, why);
  mark_no_store();
  collected_ = std::move(bytes);
  length_ = collected_.size();
  answer_ended_ = true;
  pass_collected();
}

void Exchange::show(std::shared_ptr<const ReadyPage> page) {
  OriginCounters& counters = *hub_.counters;
  std::string tag;
  if (subject_ == Subject::Xml && page->outcome != PageOutcome::NoFeed)
    counters.pages.fetch_add(1, std::memory_order_relaxed);
  switch (page->outcome) {
    case PageOutcome::NoFeed:
      break;
    case PageOutcome::BrokenBody:
      fail({fetch::ErrorKind::Broken, "the page's coding does not hold"});
      return;
    case PageOutcome::TooLarge:
      counters.too_large.fetch_add(1, std::memory_order_relaxed);
      break;
    case PageOutcome::Unsafe:
      counters.unsafe.fetch_add(1, std::memory_order_relaxed);
      mark_no_store();
      break;
    case PageOutcome::Failed:
      hub_.note_failure(request_.path, page->why);
      mark_no_store();
      break;
    case PageOutcome::Disclosed:
      counters.disclosed.fetch_add(1, std::memory_order_relaxed);
      [[fallthrough]];
    case PageOutcome::Unchanged:
      tag = our_tag();
      if (tag.empty() && rules_ && answer_.status == 200)
        tag = tag_for_content(page->digest, *rules_);
      dress(page.get(), tag);
      break;
  }
  send_page(std::move(page), tag);
}

/// The headers of a page that was looked at. `page`: null when it was only asked about (HEAD).
void Exchange::dress(const ReadyPage* page, const std::string& tag) {
  http::HeaderList& headers = answer_.headers;
  const bool coded = !find_value(headers, "content-encoding").empty();
  for (const std::string_view name :
       {"etag", "last-modified", "accept-ranges", "content-md5", "digest", "content-digest",
        "repr-digest", "content-encoding"})
    remove_all(headers, name);
  if (page != nullptr && page->coding != Coding::Identity)
    headers.emplace_back("Content-Encoding", name_of(page->coding));
  if (coded) add_vary(headers);
  if (!tag.empty()) headers.emplace_back("ETag", tag);
  if (!rules_) mark_no_store();
  auto spent = spent_;
  if (page != nullptr) spent += steady_clock::now() - received_at_;
  headers.emplace_back("Server-Timing", "candor;dur=" + milliseconds(spent));
}

void Exchange::send_page(std::shared_ptr<const ReadyPage> page, const std::string& tag) {
  const auto held = shared_from_this();
  const auto is_known = [&tag](const std::vector<std::string>& tags) {
    return !tag.empty() && std::ranges::find(tags, tag) != tags.end();
  };
  if (is_safe(request_.method) &&
      (is_known(conditions_.of_content) || is_known(conditions_.asked))) {
    answer_.status = 304;
    for (const std::string_view name : {"content-type", "content-encoding", "content-language"})
      remove_all(answer_.headers, name);
    length_.reset();
    pass();
    stream_->end();
    finish();
    return;
  }
  hub_.release(std::exchange(reserved_, page->bytes.size()));
  hub_.counters->buffered_bytes.fetch_add(reserved_, std::memory_order_relaxed);
  page_ = std::move(page);
  length_ = page_->bytes.size();
  pass();
  stream_->on_room([this] { feed(); });
  feed();
}

/// Sends on until the reader is slow.
void Exchange::feed() {
  const auto held = shared_from_this();
  const std::string_view bytes = page_->bytes;
  while (page_sent_ < bytes.size()) {
    const std::string_view piece = bytes.substr(page_sent_, kPiece);
    page_sent_ += piece.size();
    if (!stream_->write(piece)) return;
  }
  if (std::exchange(more_follows_, false)) {
    page_.reset();
    hub_.release(std::exchange(reserved_, 0));
    stream_->write(std::exchange(collected_, std::string()));
    stream_->on_room([this] { handle_.resume_answer(); });
    if (!answer_ended_) {
      handle_.resume_answer();
      return;
    }
  }
  stream_->end();
  finish();
}

void Exchange::fail(const fetch::Error& error) {
  const auto held = shared_from_this();
  OriginCounters& counters = *hub_.counters;
  const bool late = error.kind == fetch::ErrorKind::Timeout;
  const bool down = error.kind == fetch::ErrorKind::CannotConnect;
  (late   ? counters.origin_late
   : down ? counters.origin_down
          : counters.origin_broken)
      .fetch_add(1, std::memory_order_relaxed);
  if (stream_)
    stream_->abort();
  else if (late)
    answer(504, "The site's server did not answer in time.\n");
  else if (down)
    answer(502, "The site's server cannot be reached.\n");
  else
    answer(502, "The site's server gave no complete answer.\n");
  finish();
}

void Exchange::answer(int status, std::string_view text) {
  http::Response response;
  response.status = status;
  response.headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}};
  response.body = text;
  reply_.send(std::move(response));
}

/// The reader has gone: nobody waits for the answer.
void Exchange::give_up() {
  const auto held = shared_from_this();
  if (stream_) stream_->abort();
  finish();
}

void Exchange::finish() {
  const auto held = shared_from_this();
  handle_.cancel();
  hub_.exchanges.erase(this);
}

}  // namespace candor::proxy
