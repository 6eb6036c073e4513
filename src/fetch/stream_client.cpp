#include "fetch/stream_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <new>
#include <unordered_map>

#include "base/ascii.h"
#include "fetch/head_reader.h"
#include "http/loop_core.h"

namespace candor::fetch {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t kSpareHandles = 32;
constexpr long kReceiveBytes = 64L << 10;
// How long a connection may have been idle to be used again.
constexpr long kIdleSeconds = 30;

struct EasyDeleter {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Easy = std::unique_ptr<CURL, EasyDeleter>;
struct ListDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderLines = std::unique_ptr<curl_slist, ListDeleter>;

void initialise_once() {
  static const CURLcode result = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (result != CURLE_OK) throw std::bad_alloc();
}

ErrorKind kind_of(CURLcode code) {
  switch (code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return ErrorKind::BadRequest;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
      return ErrorKind::CannotConnect;
    case CURLE_OPERATION_TIMEDOUT:
      return ErrorKind::Timeout;
    default:
      return ErrorKind::Broken;
  }
}

void append(HeaderLines& lines, const std::string& line) {
  curl_slist* longer = curl_slist_append(lines.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  if (!lines) lines.reset(longer);  // the list keeps its first element
}

HeaderLines header_lines(const StreamRequest& request) {
  HeaderLines lines;
  // libcurl's own additions are turned off; whoever wants one of these headers gives it.
  bool accepts = false;
  bool typed = false;
  for (const auto& [name, value] : request.headers) {
    accepts = accepts || ascii::equals_ignoring_case(name, "accept");
    typed = typed || ascii::equals_ignoring_case(name, "content-type");
    // "Name;" is how libcurl spells a header with an empty value.
    append(lines, value.empty() ? name + ';' : name + ": " + value);
  }
  append(lines, "Expect:");
  if (!accepts) append(lines, "Accept:");
  if (!typed) append(lines, "Content-Type:");
  if (request.has_body && !request.body_length) append(lines, "Transfer-Encoding: chunked");
  return lines;
}

}  // namespace

struct StreamClient::Transfer : std::enable_shared_from_this<StreamClient::Transfer> {
  Transfer(StreamRequest r, StreamReceiver& to, const StreamLimits& limits)
      : request(std::move(r)), receiver(&to), head(limits.head_bytes, limits.header_count) {}

  std::size_t take_header(std::string_view line);
  std::size_t take_body(std::string_view bytes);
  std::size_t give_body(std::span<char> into);
  std::optional<Error> outcome(CURLcode code) const;
  bool is_late(steady_clock::time_point now, const StreamTimeouts& timeouts);

  StreamRequest request;
  StreamReceiver* receiver;  // null once cancelled or told the end
  StreamClient::Impl* client = nullptr;
  Easy easy;
  HeaderLines lines;
  std::array<char, CURL_ERROR_SIZE> reason{};
  HeadReader head;
  std::string problem;  // found by us in what the origin said
  steady_clock::time_point active_at{};
  bool holds_answer = false;   // asked to
  bool answer_paused = false;  // and libcurl knows
  bool body_waits = false;     // libcurl asked for more of the body than there was
  bool body_ended = false;
  bool added = false;
};

struct StreamClient::Impl final : http::Tenant {
  Impl(http::EventLoop& l, StreamTimeouts t, StreamLimits m);
  ~Impl() override;

  struct Socket final : http::Watcher {
    Socket(Impl& owner, int descriptor) : client(owner), fd(descriptor) {}
    void on_ready(std::uint32_t events) override;
    Impl& client;
    int fd;
    bool dead = false;
  };

  void begin_drain() override {}
  bool drained() const override { return true; }
  void abandon() override;
  void end_batch() override { retired.clear(); }

  void start(const std::shared_ptr<Transfer>& transfer);
  void configure(Transfer& transfer);
  void drive(curl_socket_t fd, int events);
  void settle();
  void finish(const std::shared_ptr<Transfer>& transfer, std::optional<Error> error);
  void remove(Transfer& transfer);
  void cancel(const std::shared_ptr<Transfer>& transfer);
  void unpause(Transfer& transfer);
  void kick();
  void watch_time();
  void check_time();
  Easy take_easy();

  static int on_socket(CURL*, curl_socket_t fd, int what, void* user, void* socket);
  static int on_timer(CURLM*, long timeout_ms, void* user);

  http::EventLoop& loop;
  StreamTimeouts timeouts;
  StreamLimits limits;
  CURLM* multi;
  std::unordered_map<CURL*, std::shared_ptr<Transfer>> under_way;
  std::unordered_map<int, std::unique_ptr<Socket>> sockets;
  std::vector<std::unique_ptr<Socket>> retired;
  std::vector<std::shared_ptr<Transfer>> doomed;   // to be removed once libcurl is left
  std::vector<std::shared_ptr<Transfer>> waiting;  // to be added or unpaused then
  std::vector<Easy> spare;
  std::shared_ptr<bool> alive = std::make_shared<bool>(true);
  std::uint64_t timer = 0;
  std::uint64_t clock = 0;
  int inside = 0;  // how deep we are in libcurl
  bool settling = false;
  bool kicked = false;
};

namespace {

/// libcurl's calls are C: nothing is thrown through them.
template <class Call>
std::size_t guarded(void* user, std::size_t failed, Call call) noexcept {
  auto& transfer = *static_cast<StreamClient::Transfer*>(user);
  try {
    return call(transfer);
  } catch (const std::exception& error) {
    transfer.problem = error.what();
    return failed;
  }
}

std::size_t on_header(char* data, std::size_t, std::size_t size, void* user) {
  return guarded(user, 0, [&](auto& transfer) { return transfer.take_header({data, size}); });
}
std::size_t on_body(char* data, std::size_t, std::size_t size, void* user) {
  return guarded(user, 0, [&](auto& transfer) { return transfer.take_body({data, size}); });
}
std::size_t on_read(char* into, std::size_t one, std::size_t size, void* user) {
  return guarded(user, CURL_READFUNC_ABORT,
                 [&](auto& transfer) { return transfer.give_body({into, one * size}); });
}

}  // namespace

std::size_t StreamClient::Transfer::take_header(std::string_view line) {
  if (receiver == nullptr) return 0;
  active_at = client->loop.impl().now();
  switch (head.take(line)) {
    case HeadReader::Step::More:
      return line.size();
    case HeadReader::Step::Bad:
      problem = head.problem();
      return 0;
    case HeadReader::Step::Interim:
      if (const int status = head.status(); status != 100)
        receiver->on_interim({status, head.take_headers(), std::nullopt});
      break;
    case HeadReader::Step::Final: {
      const int status = head.status();
      receiver->on_head({status, head.take_headers(), head.length()});
      break;
    }
  }
  return receiver == nullptr ? 0 : line.size();
}

std::size_t StreamClient::Transfer::take_body(std::string_view bytes) {
  if (receiver == nullptr) return 0;
  if (holds_answer) {
    answer_paused = true;
    return CURL_WRITEFUNC_PAUSE;
  }
  active_at = client->loop.impl().now();
  if (!receiver->on_body(bytes)) holds_answer = true;
  return receiver == nullptr ? 0 : bytes.size();
}

std::size_t StreamClient::Transfer::give_body(std::span<char> into) {
  if (receiver == nullptr) return CURL_READFUNC_ABORT;
  if (body_ended) return 0;
  const std::size_t given = receiver->give_body(into, body_ended);
  active_at = client->loop.impl().now();
  if (given > 0 || body_ended) return given;
  body_waits = true;
  return CURL_READFUNC_PAUSE;
}

std::optional<Error> StreamClient::Transfer::outcome(CURLcode code) const {
  if (!problem.empty()) return Error{ErrorKind::Broken, problem};
  if (code != CURLE_OK)
    return Error{kind_of(code),
                 reason[0] != '\0' ? std::string(reason.data()) : curl_easy_strerror(code)};
  if (!head.is_final()) return Error{ErrorKind::Broken, "the origin gave no answer"};
  return std::nullopt;
}

bool StreamClient::Transfer::is_late(steady_clock::time_point now, const StreamTimeouts& timeouts) {
  // Whoever waits for somebody else than the origin has the time it takes.
  if (holds_answer || (body_waits && !head.is_final())) {
    active_at = now;
    return false;
  }
  const bool waits_for_head = !head.is_final() && (!request.has_body || body_ended);
  return now - active_at >= (waits_for_head ? timeouts.first_byte : timeouts.idle);
}

StreamClient::Impl::Impl(http::EventLoop& l, StreamTimeouts t, StreamLimits m)
    : loop(l), timeouts(t), limits(m) {
  initialise_once();
  multi = curl_multi_init();
  if (multi == nullptr) throw std::bad_alloc();
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &Impl::on_socket);
  curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &Impl::on_timer);
  curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi, CURLMOPT_PIPELINING, CURLPIPE_NOTHING);
  curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, limits.connections);
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, limits.idle_connections);
  loop.impl().join(*this);
}

StreamClient::Impl::~Impl() {
  *alive = false;
  loop.impl().leave(*this);
  loop.cancel(timer);
  loop.cancel(clock);
  for (const auto& [easy, transfer] : std::exchange(under_way, {})) {
    transfer->receiver = nullptr;
    curl_multi_remove_handle(multi, easy);
    transfer->client = nullptr;
  }
  for (const auto& transfer : waiting) transfer->client = nullptr;
  for (const auto& transfer : doomed) transfer->client = nullptr;
  curl_multi_cleanup(multi);
}

void StreamClient::Impl::abandon() {
  std::vector<std::shared_ptr<Transfer>> all;
  for (const auto& [easy, transfer] : under_way) all.push_back(transfer);
  for (const auto& transfer : all) finish(transfer, Error{ErrorKind::Broken, "stopping"});
}

void StreamClient::Impl::Socket::on_ready(std::uint32_t events) {
  if (dead) return;
  int what = 0;
  if ((events & EPOLLIN) != 0) what |= CURL_CSELECT_IN;
  if ((events & EPOLLOUT) != 0) what |= CURL_CSELECT_OUT;
  if ((events & (EPOLLERR | EPOLLHUP)) != 0) what |= CURL_CSELECT_ERR | CURL_CSELECT_IN;
  client.drive(fd, what);
}

int StreamClient::Impl::on_socket(CURL*, curl_socket_t fd, int what, void* user, void*) {
  Impl& self = *static_cast<Impl*>(user);
  const auto found = self.sockets.find(fd);
  if (what == CURL_POLL_REMOVE || what == CURL_POLL_NONE) {
    if (found == self.sockets.end()) return 0;
    self.loop.impl().forget(fd);
    found->second->dead = true;
    self.retired.push_back(std::move(found->second));
    self.sockets.erase(found);
    return 0;
  }
  std::uint32_t events = 0;
  if (what == CURL_POLL_IN || what == CURL_POLL_INOUT) events |= EPOLLIN;
  if (what == CURL_POLL_OUT || what == CURL_POLL_INOUT) events |= EPOLLOUT;
  if (found != self.sockets.end()) {
    self.loop.impl().change(fd, events, *found->second);
    return 0;
  }
  auto socket = std::make_unique<Socket>(self, fd);
  self.loop.impl().watch(fd, events, *socket);
  self.sockets.emplace(fd, std::move(socket));
  return 0;
}

int StreamClient::Impl::on_timer(CURLM*, long timeout_ms, void* user) {
  Impl& self = *static_cast<Impl*>(user);
  self.loop.cancel(std::exchange(self.timer, 0));
  if (timeout_ms >= 0)
    self.timer = self.loop.after(std::chrono::milliseconds(timeout_ms),
                                 [&self] { self.drive(CURL_SOCKET_TIMEOUT, 0); });
  return 0;
}

void StreamClient::Impl::drive(curl_socket_t fd, int events) {
  int running = 0;
  ++inside;
  curl_multi_socket_action(multi, fd, events, &running);
  --inside;
  settle();
}

/// Does what could not be done while libcurl was at work.
void StreamClient::Impl::settle() {
  if (inside > 0 || settling) return;
  settling = true;
  for (;;) {
    for (const auto& transfer : std::exchange(doomed, {})) remove(*transfer);
    for (const auto& transfer : std::exchange(waiting, {})) {
      if (transfer->receiver == nullptr) continue;
      transfer->added ? unpause(*transfer) : start(transfer);
    }
    int left = 0;
    const CURLMsg* message = curl_multi_info_read(multi, &left);
    if (message == nullptr) {
      if (doomed.empty() && waiting.empty()) break;
      continue;
    }
    if (message->msg != CURLMSG_DONE) continue;
    const auto found = under_way.find(message->easy_handle);
    if (found == under_way.end()) continue;
    const std::shared_ptr<Transfer> transfer = found->second;
    finish(transfer, transfer->outcome(message->data.result));
  }
  settling = false;
}

void StreamClient::Impl::finish(const std::shared_ptr<Transfer>& transfer,
                                std::optional<Error> error) {
  StreamReceiver* receiver = std::exchange(transfer->receiver, nullptr);
  remove(*transfer);
  if (receiver != nullptr) receiver->on_end(std::move(error));
}

void StreamClient::Impl::remove(Transfer& transfer) {
  const auto found = under_way.find(transfer.easy.get());
  if (found == under_way.end()) return;
  const std::shared_ptr<Transfer> held = found->second;
  curl_multi_remove_handle(multi, transfer.easy.get());
  under_way.erase(found);
  curl_easy_reset(transfer.easy.get());
  if (spare.size() < kSpareHandles) spare.push_back(std::move(transfer.easy));
  transfer.easy.reset();
}

void StreamClient::Impl::cancel(const std::shared_ptr<Transfer>& transfer) {
  transfer->receiver = nullptr;
  if (inside > 0)
    doomed.push_back(transfer);
  else
    remove(*transfer);
}

void StreamClient::Impl::start(const std::shared_ptr<Transfer>& transfer) {
  if (inside > 0) {
    waiting.push_back(transfer);
    kick();
    return;
  }
  transfer->easy = take_easy();
  configure(*transfer);
  transfer->active_at = loop.impl().now();
  transfer->added = true;
  under_way.emplace(transfer->easy.get(), transfer);
  curl_multi_add_handle(multi, transfer->easy.get());
  watch_time();
  kick();
}

Easy StreamClient::Impl::take_easy() {
  if (!spare.empty()) {
    Easy easy = std::move(spare.back());
    spare.pop_back();
    return easy;
  }
  Easy easy(curl_easy_init());
  if (!easy) throw std::bad_alloc();
  return easy;
}

void StreamClient::Impl::configure(Transfer& transfer) {
  CURL* easy = transfer.easy.get();
  const StreamRequest& request = transfer.request;
  const auto set = [easy](CURLoption option, auto value) {
    if (curl_easy_setopt(easy, option, value) == CURLE_OUT_OF_MEMORY) throw std::bad_alloc();
  };
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_REQUEST_TARGET, request.target.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_HTTP_CONTENT_DECODING, 0L);
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(timeouts.connect.count()));
  set(CURLOPT_MAXAGE_CONN, kIdleSeconds);
  set(CURLOPT_BUFFERSIZE, kReceiveBytes);
  set(CURLOPT_FRESH_CONNECT, request.fresh_connection ? 1L : 0L);
  if (!request.unix_socket_path.empty())
    set(CURLOPT_UNIX_SOCKET_PATH, request.unix_socket_path.c_str());
  if (request.method == "HEAD") {
    set(CURLOPT_NOBODY, 1L);
  } else {
    if (request.has_body) {
      set(CURLOPT_UPLOAD, 1L);
      set(CURLOPT_INFILESIZE_LARGE,
          request.body_length ? static_cast<curl_off_t>(*request.body_length) : curl_off_t{-1});
      set(CURLOPT_READFUNCTION, &on_read);
      set(CURLOPT_READDATA, static_cast<void*>(&transfer));
    }
    set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
  transfer.lines = header_lines(request);
  set(CURLOPT_HTTPHEADER, transfer.lines.get());
  set(CURLOPT_ERRORBUFFER, transfer.reason.data());
  set(CURLOPT_HEADERFUNCTION, &on_header);
  set(CURLOPT_HEADERDATA, static_cast<void*>(&transfer));
  set(CURLOPT_WRITEFUNCTION, &on_body);
  set(CURLOPT_WRITEDATA, static_cast<void*>(&transfer));
}

void StreamClient::Impl::unpause(Transfer& transfer) {
  if (inside > 0) {
    waiting.push_back(transfer.shared_from_this());
    kick();
    return;
  }
  if (!transfer.added || !transfer.easy) return;
  int still = CURLPAUSE_CONT;
  if (transfer.answer_paused) still |= CURLPAUSE_RECV;
  if (transfer.body_waits) still |= CURLPAUSE_SEND;
  ++inside;
  curl_easy_pause(transfer.easy.get(), still);  // may hand on what libcurl has kept
  --inside;
  kick();
}

/// Lets libcurl look at its work once this turn of the loop has done everything else.
void StreamClient::Impl::kick() {
  if (std::exchange(kicked, true)) return;
  loop.at_turn_end([this, still = alive] {
    if (!*still) return;
    kicked = false;
    drive(CURL_SOCKET_TIMEOUT, 0);
  });
}

void StreamClient::Impl::watch_time() {
  if (clock != 0) return;
  const auto shortest = std::min({timeouts.first_byte, timeouts.idle});
  clock = loop.after(
      std::clamp(shortest / 4, std::chrono::milliseconds{5}, std::chrono::milliseconds{1000}),
      [this] { check_time(); });
}

void StreamClient::Impl::check_time() {
  clock = 0;
  std::vector<std::shared_ptr<Transfer>> late;
  for (const auto& [easy, transfer] : under_way)
    if (transfer->is_late(loop.impl().now(), timeouts)) late.push_back(transfer);
  for (const auto& transfer : late)
    finish(transfer, Error{ErrorKind::Timeout, "the origin took too long"});
  if (!under_way.empty()) watch_time();
}

StreamClient::StreamClient(http::EventLoop& loop, StreamTimeouts timeouts, StreamLimits limits)
    : impl_(std::make_unique<Impl>(loop, timeouts, limits)) {}
StreamClient::~StreamClient() = default;

StreamClient::Handle StreamClient::send(StreamRequest request, StreamReceiver& receiver) {
  auto transfer = std::make_shared<Transfer>(std::move(request), receiver, impl_->limits);
  transfer->client = impl_.get();
  impl_->start(transfer);
  return Handle(std::move(transfer));
}

std::size_t StreamClient::under_way() const { return impl_->under_way.size(); }

StreamClient::Handle& StreamClient::Handle::operator=(Handle&& other) noexcept {
  if (this != &other) {
    cancel();
    transfer_ = std::move(other.transfer_);
  }
  return *this;
}

void StreamClient::Handle::cancel() {
  const auto transfer = std::exchange(transfer_, nullptr);
  if (!transfer || transfer->receiver == nullptr) return;
  if (transfer->client != nullptr)
    transfer->client->cancel(transfer);
  else
    transfer->receiver = nullptr;
}

void StreamClient::Handle::resume_answer() {
  if (!transfer_ || transfer_->receiver == nullptr || transfer_->client == nullptr) return;
  transfer_->holds_answer = false;
  if (std::exchange(transfer_->answer_paused, false)) transfer_->client->unpause(*transfer_);
}

void StreamClient::Handle::resume_body() {
  if (!transfer_ || transfer_->receiver == nullptr || transfer_->client == nullptr) return;
  if (std::exchange(transfer_->body_waits, false)) transfer_->client->unpause(*transfer_);
}

}  // namespace candor::fetch
