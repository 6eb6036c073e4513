// The part of a connection that lets bodies pass through without keeping them.
#include <Poco/Logger.h>
#include <sys/socket.h>

#include <exception>
#include <utility>

#include "http/connection.h"
#include "http/log_text.h"
#include "http/response_writer.h"
#include "http/streams.h"

namespace candor::http {
namespace {

// Bytes that wait for the reader: above the first the source is asked to stop, below the second to
// go on.
constexpr std::size_t kHighWater = std::size_t{256} << 10;
constexpr std::size_t kLowWater = std::size_t{64} << 10;
// From here on it is worth moving the rest of a buffer to its front.
constexpr std::size_t kSentToDrop = std::size_t{64} << 10;

void append_framed(std::string& out, const Outgoing& answer, std::string_view bytes) {
  if (answer.chunked) append_chunk_size(out, bytes.size());
  out += bytes;
  if (answer.chunked) out += "\r\n";
}

Outgoing& outgoing_of(Reply::Slot& slot) {
  if (!slot.outgoing) slot.outgoing = std::make_unique<Outgoing>();
  return *slot.outgoing;
}

}  // namespace

bool Handler::takes_upload(const Request&) { return false; }

void Handler::handle_upload(const Request& head, RequestBody, Reply reply) {
  handle(head, std::move(reply));
}

void Reply::send_interim(const Response& response) {
  if (slot_ && slot_->connection != nullptr) slot_->connection->send_interim(*slot_, response);
}

void Reply::on_gone(std::move_only_function<void()> call) {
  if (slot_) outgoing_of(*slot_).on_gone = std::move(call);
}

ResponseStream::ResponseStream(Reply reply, Response head, std::optional<std::uint64_t> length)
    : slot_(std::exchange(reply.slot_, nullptr)) {
  if (slot_ && slot_->connection != nullptr)
    slot_->connection->begin_stream(*slot_, std::move(head), length);
}

bool ResponseStream::write(std::string_view bytes) {
  if (!slot_ || slot_->connection == nullptr || bytes.empty()) return true;
  return slot_->connection->write_stream(*slot_, bytes);
}

void ResponseStream::end() {
  const auto slot = std::exchange(slot_, nullptr);
  if (slot && slot->connection != nullptr) slot->connection->end_stream(*slot);
}

void ResponseStream::abort() {
  const auto slot = std::exchange(slot_, nullptr);
  if (slot && slot->connection != nullptr) slot->connection->break_stream(*slot);
}

void ResponseStream::on_room(std::move_only_function<void()> call) {
  if (slot_) outgoing_of(*slot_).on_room = std::move(call);
}

RequestBody::RequestBody(std::shared_ptr<Incoming> incoming) : incoming_(std::move(incoming)) {}
RequestBody::~RequestBody() = default;
RequestBody::RequestBody(RequestBody&&) noexcept = default;

std::optional<std::uint64_t> RequestBody::length() const { return incoming_->length; }

void RequestBody::receive(std::move_only_function<void(std::string_view)> on_bytes,
                          std::move_only_function<void(bool)> on_end) {
  incoming_->on_bytes = std::move(on_bytes);
  incoming_->on_end = std::move(on_end);
}

void RequestBody::pause() {
  if (incoming_->connection != nullptr) incoming_->connection->pause_upload(true);
}

void RequestBody::resume() {
  if (incoming_->connection != nullptr) incoming_->connection->pause_upload(false);
}

void Connection::send_interim(const Reply::Slot& slot, const Response& response) {
  if (closed_ || closing_ || &slot != first_.get() || slot.answered || slot.minor == 0) return;
  if (out_.empty()) out_ = house_.buffers.take();
  append_interim(out_, response);
  if (!processing_) settle();
}

void Connection::begin_stream(Reply::Slot& slot, Response head,
                              std::optional<std::uint64_t> length) {
  Outgoing& answer = outgoing_of(slot);
  if (std::exchange(slot.answered, true)) return;
  answer.streams = true;
  answer.length = length;
  answer.bodiless = slot.head_only || head.status == 204 || head.status == 304;
  answer.chunked = !answer.bodiless && !length && slot.minor == 1;
  answer.close = head.close || !slot.keep_alive || (!answer.bodiless && !length && slot.minor == 0);
  slot.early = std::move(head);
  if (&slot == first_.get() && start_stream(slot)) write_ready_answers();
  if (!processing_ && !closed_) settle();
}

/// Its turn has come. True when all of it is written, and the next may follow.
bool Connection::start_stream(Reply::Slot& slot) {
  Outgoing& answer = *slot.outgoing;
  if (closing_ || closed_) return true;
  if (answer.broken) {
    reset();
    return false;
  }
  const Response head = std::move(*slot.early);
  slot.early.reset();
  if (house_.draining && slot.next == nullptr) answer.close = true;
  if (out_.empty()) out_ = house_.buffers.take();
  const bool framed = !answer.bodiless || slot.head_only;
  const bool sound = append_stream_head(
      out_, head,
      {.length = framed && head.status != 204 && head.status != 304 ? answer.length : std::nullopt,
       .chunked = answer.chunked,
       .close = answer.close,
       .keep_alive = !answer.close && slot.minor == 0},
      house_.loop.date());
  if (!sound) {
    // A handler's mistake must not become another message on the connection.
    answer.streams = false;
    slot.keep_alive = false;
    write_answer(slot, refusal(500));
    return true;
  }
  out_ += answer.held;
  answer.held = std::string();
  if (answer.ended) {
    if (answer.close) closing_ = input_ended_ = true;
    return true;
  }
  if (answer.wants_room) house_.queue(*this);
  return false;
}

bool Connection::write_stream(Reply::Slot& slot, std::string_view bytes) {
  Outgoing& answer = *slot.outgoing;
  if (closed_ || !answer.streams || answer.ended || answer.broken) return true;
  answer.given += bytes.size();
  if (answer.bodiless) return true;
  if (answer.length && answer.given > *answer.length) {
    break_stream(slot);
    return true;
  }
  if (&slot != first_.get()) {
    append_framed(answer.held, answer, bytes);
    answer.wants_room = answer.held.size() > kLowWater;
    return !answer.wants_room;
  }
  if (sent_ >= kSentToDrop && sent_ * 2 >= out_.size()) {
    out_.erase(0, sent_);
    sent_ = 0;
  }
  if (out_.empty()) out_ = house_.buffers.take();
  append_framed(out_, answer, bytes);
  // The connection may go with this call, and the slot's place in it; the slot stays the caller's.
  if (!processing_) settle();
  if (closed_) return true;
  answer.wants_room = unsent() > kHighWater;
  return !answer.wants_room;
}

void Connection::end_stream(Reply::Slot& slot) {
  Outgoing& answer = *slot.outgoing;
  if (closed_ || !answer.streams || answer.ended) return;
  if (!answer.bodiless && answer.length && answer.given != *answer.length) {
    break_stream(slot);
    return;
  }
  answer.ended = true;
  answer.on_room = nullptr;
  answer.on_gone = nullptr;
  std::string& to = &slot == first_.get() ? out_ : answer.held;
  if (answer.chunked) to += "0\r\n\r\n";
  // What the client still sends of its body belongs to no request any more.
  if ((incoming_ && incoming_->slot.get() == &slot) || (house_.draining && slot.next == nullptr))
    answer.close = true;
  if (&slot != first_.get()) return;
  if (answer.close) closing_ = input_ended_ = true;
  write_ready_answers();
  if (!processing_) settle();
}

void Connection::break_stream(Reply::Slot& slot) {
  Outgoing& answer = *slot.outgoing;
  if (closed_ || answer.ended || !answer.streams) return;
  answer.broken = true;
  answer.on_room = nullptr;
  answer.on_gone = nullptr;
  if (&slot == first_.get()) reset();
}

/// Ends the connection so that nobody takes what was sent for all there is: also an answer whose
/// end is the connection's.
void Connection::reset() {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close();
}

void Connection::tell_room() {
  if (closed_ || first_ == nullptr || !first_->outgoing) return;
  Outgoing& answer = *first_->outgoing;
  if (!answer.wants_room || unsent() > kLowWater) return;
  answer.wants_room = false;
  const std::shared_ptr<Reply::Slot> held = first_;  // while it is told
  auto call = std::move(answer.on_room);
  if (!call) return;
  call();  // may end the answer, and forget whom to tell
  if (!answer.ended && !answer.broken && !answer.on_room) answer.on_room = std::move(call);
}

void Connection::feed_upload() {
  if (!incoming_) {
    if (!house_.handler.takes_upload(reader_.request())) return;
    begin_upload();
  }
  const std::shared_ptr<RequestBody::Incoming> body = incoming_;  // the call may end it
  if (!body || reader_.request().body.empty()) return;
  body->fresh += reader_.request().body.size();
  try {
    if (body->on_bytes) body->on_bytes(reader_.request().body);
  } catch (const std::exception& error) {
    Poco::Logger::get("http").error("an upload failed: " + log_text(error.what()));
    if (incoming_) break_upload(500);
  }
  reader_.drop_body();
}

void Connection::begin_upload() {
  const Request& request = reader_.request();
  incoming_ = std::make_shared<RequestBody::Incoming>();
  incoming_->connection = this;
  incoming_->length = reader_.announced_length();
  incoming_->slot = open_slot(request);
  incoming_->is_last = !incoming_->slot->keep_alive;
  // The request as it is without its body, which comes apart from it.
  Request head = request;
  head.body.clear();
  try {
    house_.handler.handle_upload(head, RequestBody(incoming_), Reply(incoming_->slot));
  } catch (const std::exception& error) {
    // The reply was dropped on the way out, which answered 500.
    Poco::Logger::get("http").error("a handler failed: " + log_text(error.what()));
  }
}

void Connection::end_upload() {
  feed_upload();
  reader_.next();
  if (!incoming_) return;
  const auto body = std::exchange(incoming_, nullptr);
  body->connection = nullptr;
  if (body->is_last) input_ended_ = true;
  if (body->on_end) body->on_end(true);
}

void Connection::break_upload(int status) {
  const auto body = std::exchange(incoming_, nullptr);
  body->connection = nullptr;
  input_ended_ = true;
  if (body->slot->answered) {
    reset();  // an answer has begun, and its request will never be whole
  } else {
    body->slot->keep_alive = false;
    answer(*body->slot, refusal(status));
  }
  if (body->on_end) body->on_end(false);
}

void Connection::pause_upload(bool paused) {
  if (!incoming_ || incoming_->paused == paused) return;
  incoming_->paused = paused;
  if (!processing_) settle();
}

}  // namespace candor::http
