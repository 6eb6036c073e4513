#include "http/connection.h"

#include <Poco/Logger.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <utility>

#include "http/log_text.h"
#include "http/response_writer.h"

namespace candor::http {
namespace {

constexpr std::size_t kReadBytes = std::size_t{32} << 10;
constexpr std::size_t kSpareBuffers = 256;
constexpr std::size_t kSpareBufferBytes = std::size_t{64} << 10;
// What a closing connection may still send before we stop listening.
constexpr std::size_t kDiscardBytes = std::size_t{4} << 20;
// A reader that takes less than this within the write deadline holds an answer's memory for
// nothing.
constexpr std::size_t kLeastTaken = std::size_t{16} << 10;

}  // namespace

std::string BufferPool::take() {
  if (spare_.empty()) return {};
  std::string buffer = std::move(spare_.back());
  spare_.pop_back();
  return buffer;
}

void BufferPool::give_back(std::string buffer) {
  if (spare_.size() >= kSpareBuffers || buffer.capacity() > kSpareBufferBytes) return;
  buffer.clear();
  spare_.push_back(std::move(buffer));
}

Household::Household(EventLoop::Impl& l, Handler& h, Limits given)
    : loop(l), handler(h), limits(given), deadlines(limits), scratch(kReadBytes) {}

Connection::Connection(Household& house, const Poco::Net::StreamSocket& socket, std::string peer)
    : house_(house),
      socket_(socket),
      fd_(socket_.impl()->sockfd()),
      peer_(std::move(peer)),
      reader_(house.messages, house.limits),
      interest_(EPOLLIN) {
  reader_.set_peer(peer_);
  house_.loop.watch(fd_, interest_, *this);
  update_deadline();
}

Connection::~Connection() { close(); }

void Connection::close() {
  if (closed_) return;
  closed_ = true;
  input_ended_ = true;
  house_.deadlines.end(*this);
  std::vector<std::move_only_function<void()>> to_tell;
  while (first_ != nullptr) {
    first_->connection = nullptr;
    if (first_->outgoing && first_->outgoing->on_gone)
      to_tell.push_back(std::move(first_->outgoing->on_gone));
    first_ = std::exchange(first_->next, nullptr);
  }
  last_ = nullptr;
  const auto upload = std::exchange(incoming_, nullptr);
  house_.loop.forget(fd_);
  socket_.close();
  house_.retire(*this);
  if (upload) {
    upload->connection = nullptr;
    if (upload->on_end) upload->on_end(false);
  }
  for (auto& tell : to_tell) tell();
}

void Connection::on_ready(std::uint32_t events) {
  if (closed_) return;
  if (lingering_) {
    discard_input();
    return;
  }
  const bool readable = (events & EPOLLIN) != 0 && may_read();
  if ((events & (EPOLLERR | EPOLLHUP)) != 0 && !readable) {
    close();  // nobody is left to answer
    return;
  }
  if (readable)
    read_ready();
  else if ((events & EPOLLIN) != 0)
    set_interest(wanted_events());
  if (!closed_ && !lingering_ && (events & EPOLLOUT) != 0) {
    settle();
    tell_room();
  }
}

void Connection::read_ready() {
  std::vector<char>& scratch = house_.scratch;
  const ssize_t got = ::recv(fd_, scratch.data(), scratch.size(), MSG_DONTWAIT);
  if (got > 0) {
    process({scratch.data(), static_cast<std::size_t>(got)});
    return;
  }
  if (got < 0) {
    if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) close();
    return;
  }
  if (incoming_) {
    close();  // in the middle of a body
    return;
  }
  client_ended_ = true;
  settle();
}

bool Connection::has_room() const {
  return outstanding_ < house_.limits.pipelined && unsent() <= house_.limits.write_buffer_bytes;
}

bool Connection::may_read() const {
  return !client_ended_ && !input_ended_ && !closing_ && !queued && !paused_ && has_room() &&
         (!incoming_ || !incoming_->paused);
}

void Connection::process(std::string_view fresh) {
  processing_ = true;
  if (in_.empty()) {
    in_.assign(take_requests(fresh));
  } else {
    in_.append(fresh);
    const std::size_t left = take_requests(in_).size();
    in_.erase(0, in_.size() - left);
  }
  if (in_.empty() && in_.capacity() > std::string().capacity()) in_ = std::string();
  processing_ = false;
  settle();
}

std::string_view Connection::take_requests(std::string_view bytes) {
  std::size_t budget = house_.limits.pipelined;
  while (!input_ended_ && !closing_ && !bytes.empty()) {
    if (!has_room()) {
      paused_ = true;  // taken up again when answers have gone out
      return bytes;
    }
    if (budget-- == 0) {
      house_.queue(*this);  // others are waiting too
      return bytes;
    }
    const RequestReader::Step step = reader_.read(bytes);
    bytes.remove_prefix(reader_.consumed());
    if (step == RequestReader::Step::NeedMore) {
      if (reader_.in_body()) feed_upload();
      return input_ended_ || closing_ ? std::string_view() : bytes;
    }
    if (step == RequestReader::Step::Bad)
      incoming_ ? break_upload(reader_.status()) : refuse(reader_.status());
    else if (incoming_)
      end_upload();
    else
      dispatch();
  }
  return input_ended_ || closing_ ? std::string_view() : bytes;
}

std::shared_ptr<Reply::Slot> Connection::new_slot() {
  auto slot = std::make_shared<Reply::Slot>();
  slot->mailbox = house_.loop.mailbox;
  slot->connection = this;
  slot->minor = reader_.minor_version();
  if (last_ != nullptr)
    last_->next = slot;
  else
    first_ = slot;
  last_ = slot.get();
  ++outstanding_;
  return slot;
}

std::shared_ptr<Reply::Slot> Connection::open_slot(const Request& request) {
  auto slot = new_slot();
  slot->head_only = request.method == "HEAD";
  slot->keep_alive =
      request.keep_alive && ++served_ < house_.limits.requests_per_connection && !house_.draining;
  if (!request.keep_alive) polite_ = false;
  return slot;
}

void Connection::dispatch() {
  const Request& request = reader_.request();
  auto slot = open_slot(request);
  if (!slot->keep_alive) input_ended_ = true;
  try {
    house_.handler.handle(request, Reply(std::move(slot)));
  } catch (const std::exception& error) {
    // The reply was dropped on the way out, which answered 500.
    Poco::Logger::get("http").error("a handler failed: " + log_text(error.what()));
  }
  reader_.next();
}

void Connection::refuse(int status) {
  input_ended_ = true;
  auto slot = new_slot();
  slot->keep_alive = false;
  answer(*slot, refusal(status));
}

void Connection::answer(Reply::Slot& slot, Response response) {
  if (std::exchange(slot.answered, true)) return;
  if (&slot == first_.get()) {
    write_answer(slot, response);
    write_ready_answers();
  } else {
    slot.early = std::move(response);
  }
  if (!processing_ && !closed_) settle();
}

void Connection::write_ready_answers() {
  // The one in front has been written; those behind it may have been waiting for it.
  for (;;) {
    if (first_.get() == last_) last_ = nullptr;
    first_->connection = nullptr;
    first_ = std::exchange(first_->next, nullptr);
    --outstanding_;
    if (first_ == nullptr || !first_->early) return;
    if (first_->outgoing && first_->outgoing->streams) {
      if (!start_stream(*first_)) return;
    } else {
      write_answer(*first_, *first_->early);
    }
  }
}

void Connection::write_answer(const Reply::Slot& slot, const Response& response) {
  if (closing_ || closed_) return;  // an earlier answer ended the connection
  const bool last_of_all = house_.draining && slot.next == nullptr;
  const bool uploading = incoming_ && incoming_->slot.get() == &slot;
  const bool end = response.close || !slot.keep_alive || last_of_all || uploading;
  if (out_.empty()) out_ = house_.buffers.take();
  append_response(
      out_, response,
      {.head_only = slot.head_only, .close = end, .keep_alive = !end && slot.minor == 0},
      house_.loop.date());
  if (end) closing_ = input_ended_ = true;
}

void Connection::offer_continue() {
  // Only when all earlier answers are on their way, or the client would take it for one of theirs.
  if (!reader_.awaits_continue() || closing_) return;
  if (outstanding_ > (incoming_ ? 1U : 0U) || (incoming_ && incoming_->slot->answered)) return;
  reader_.continue_sent();
  if (out_.empty()) out_ = house_.buffers.take();
  out_ += "HTTP/1.1 100 Continue\r\n\r\n";
}

void Connection::settle() {
  if (closed_ || lingering_) return;
  offer_continue();
  flush();
  if (closed_) return;
  if (paused_ && has_room()) {
    paused_ = false;
    house_.queue(*this);
  }
  const bool all_said =
      out_.empty() && (closing_ || (first_ == nullptr && client_ended_ && !queued && !paused_));
  if (all_said) {
    finish();
    return;
  }
  update_interest();
  update_deadline();
}

void Connection::resume() {
  if (closed_) return;
  process({});
  tell_room();
}

void Connection::flush() {
  while (unsent() > 0) {
    const ssize_t sent = ::send(fd_, out_.data() + sent_, unsent(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) {
      if (errno == EINTR) continue;
      if (errno != EAGAIN && errno != EWOULDBLOCK) close();
      return;
    }
    taken_ += static_cast<std::size_t>(sent);
    sent_ += static_cast<std::size_t>(sent);
  }
  sent_ = 0;
  if (!out_.empty()) house_.buffers.give_back(std::exchange(out_, std::string()));
}

void Connection::finish() {
  if (!polite_ || client_ended_) {
    close();
    return;
  }
  // Closing with unread bytes sends a reset that can overtake the answer (RFC 9112 9.6).
  lingering_ = true;
  in_ = std::string();
  if (::shutdown(fd_, SHUT_WR) != 0) {
    close();
    return;
  }
  update_interest();
  update_deadline();
}

void Connection::discard_input() {
  for (int round = 0; round < 8; ++round) {
    const ssize_t got = ::recv(fd_, house_.scratch.data(), house_.scratch.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) return;
    if (got <= 0) break;
    discarded_ += static_cast<std::size_t>(got);
    if (discarded_ > kDiscardBytes) break;
    if (round == 7) return;
  }
  close();
}

std::uint32_t Connection::wanted_events() const {
  std::uint32_t wanted = 0;
  if (lingering_ || may_read()) wanted |= EPOLLIN;
  if (unsent() > 0) wanted |= EPOLLOUT;
  return wanted;
}

void Connection::update_interest() {
  const std::uint32_t wanted = wanted_events();
  // That we no longer read needs no saying until something comes.
  if (wanted != interest_ && (wanted | EPOLLIN) != interest_) set_interest(wanted);
}

void Connection::set_interest(std::uint32_t wanted) {
  interest_ = wanted;
  house_.loop.change(fd_, wanted, *this);
}

void Connection::update_deadline() {
  Deadline wanted = Deadline::None;
  if (lingering_)
    wanted = Deadline::Linger;
  else if (unsent() > 0)
    wanted = Deadline::Write;
  else if (incoming_ && !closing_)
    wanted = incoming_->paused ? Deadline::None : Deadline::Body;
  else if (first_ != nullptr || queued)
    wanted = Deadline::None;
  else if (reader_.in_body())
    wanted = Deadline::Body;
  else if (!in_.empty())
    wanted = Deadline::Head;
  else
    wanted = house_.draining ? Deadline::Grace : Deadline::Idle;
  // A head, a body and a farewell get one deadline in all, however often bytes arrive.
  bool renewed = wanted == Deadline::Write ? taken_ >= kLeastTaken : served_ != timed_at_;
  // A body that nobody keeps may take as long as it likes while it goes on.
  if (wanted == Deadline::Body && incoming_) renewed = incoming_->fresh >= kLeastTaken;
  if (wanted == deadline() && !renewed) return;
  timed_at_ = served_;
  taken_ = 0;
  if (incoming_) incoming_->fresh = 0;
  house_.deadlines.start(*this, wanted, house_.loop.now());
  house_.deadline_started();
}

void Connection::on_late(Deadline kind) {
  if (kind != Deadline::Head && kind != Deadline::Body) {
    close();
    return;
  }
  incoming_ ? break_upload(408) : refuse(408);
}

void Connection::begin_drain() {
  if (closed_ || lingering_) return;
  // A request that is already here is still answered.
  if (may_read()) read_ready();
  if (closed_ || lingering_) return;
  if (idle() && served_ > 0)
    finish();
  else
    update_deadline();
}

}  // namespace candor::http
