#pragma once
// One client's connection: its bytes in and out, its requests and their answers in order.
#include <Poco/Net/StreamSocket.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/deadlines.h"
#include "http/loop_core.h"
#include "http/request_reader.h"
#include "http/server.h"
#include "http/streams.h"

namespace candor::http {

class Connection;

/// Output buffers not in use: an idle connection holds none.
class BufferPool {
 public:
  std::string take();
  void give_back(std::string buffer);

 private:
  std::vector<std::string> spare_;
};

/// What all connections of a server share.
class Household {
 public:
  Household(EventLoop::Impl& l, Handler& h, Limits given);
  virtual ~Household() = default;
  /// The connection is closed; it is to be destroyed when the batch of events has ended.
  virtual void retire(Connection& connection) = 0;
  /// The connection has bytes left to look at: continue() it when the batch has ended.
  virtual void queue(Connection& connection) = 0;
  virtual void deadline_started() = 0;

  EventLoop::Impl& loop;
  Handler& handler;
  Limits limits;
  MessagePool messages;
  BufferPool buffers;
  Deadlines deadlines;
  std::vector<char> scratch;  ///< where every read lands first
  bool draining = false;
};

/// An answer that is sent bit by bit, or may come to be.
struct Outgoing {
  std::string held;                     ///< framed bytes, until the answer's turn has come
  std::optional<std::uint64_t> length;  ///< as said
  std::uint64_t given = 0;
  bool streams = false;   ///< began; else nothing but `on_gone` counts
  bool bodiless = false;  ///< HEAD, 204, 304
  bool chunked = false;
  bool close = false;
  bool ended = false;
  bool broken = false;
  bool wants_room = false;
  std::move_only_function<void()> on_room{};
  std::move_only_function<void()> on_gone{};
};

/// A request's place in its connection's order of answers. The answer may come from another thread;
/// everything but `mailbox` then waits for the loop's.
struct Reply::Slot {
  std::shared_ptr<Mailbox> mailbox;
  Connection* connection = nullptr;  ///< null when the connection is gone
  std::shared_ptr<Slot> next;
  std::optional<Response> early;  ///< an answer whose turn has not come
  bool head_only = false;
  bool keep_alive = true;
  bool answered = false;
  int minor = 1;
  std::unique_ptr<Outgoing> outgoing;  ///< null: nobody asked for it
};

/// A body that is handed on as it comes.
struct RequestBody::Incoming {
  Connection* connection = nullptr;  ///< null when nothing more comes
  std::shared_ptr<Reply::Slot> slot;
  std::optional<std::uint64_t> length;
  std::size_t fresh = 0;  ///< bytes since the deadline began
  bool paused = false;
  bool is_last = false;  ///< no further request is taken behind it
  std::move_only_function<void(std::string_view)> on_bytes{};
  std::move_only_function<void(bool)> on_end{};
};

class Connection final : public Watcher, public Timed {
 public:
  Connection(Household& house, const Poco::Net::StreamSocket& socket, std::string peer);
  ~Connection() override;

  void on_ready(std::uint32_t events) override;
  void on_late(Deadline kind) override;
  void answer(Reply::Slot& slot, Response response);
  void send_interim(const Reply::Slot& slot, const Response& response);
  void begin_stream(Reply::Slot& slot, Response head, std::optional<std::uint64_t> length);
  /// False when the reader is slow.
  bool write_stream(Reply::Slot& slot, std::string_view bytes);
  void end_stream(Reply::Slot& slot);
  void break_stream(Reply::Slot& slot);
  void pause_upload(bool paused);
  /// Goes on with bytes that were left over.
  void resume();
  void begin_drain();
  void close();

  bool closed() const { return closed_; }
  const std::string& peer() const { return peer_; }
  bool idle() const {
    return first_ == nullptr && in_.empty() && out_.empty() && !reader_.in_body();
  }
  std::size_t index = 0;  ///< the owner's
  bool queued = false;    ///< the owner's

 private:
  void read_ready();
  void process(std::string_view fresh);
  std::string_view take_requests(std::string_view bytes);
  void dispatch();
  void refuse(int status);
  std::shared_ptr<Reply::Slot> new_slot();
  std::shared_ptr<Reply::Slot> open_slot(const Request& request);
  void feed_upload();
  void begin_upload();
  void end_upload();
  void break_upload(int status);
  bool start_stream(Reply::Slot& slot);
  void reset();
  void tell_room();
  void write_answer(const Reply::Slot& slot, const Response& response);
  void write_ready_answers();
  void offer_continue();
  void settle();
  void flush();
  void finish();
  void discard_input();
  std::uint32_t wanted_events() const;
  void update_interest();
  void set_interest(std::uint32_t wanted);
  void update_deadline();
  bool has_room() const;
  bool may_read() const;
  std::size_t unsent() const { return out_.size() - sent_; }

  Household& house_;
  Poco::Net::StreamSocket socket_;
  const int fd_;
  const std::string peer_;
  RequestReader reader_;
  std::string in_;   // bytes read and not yet consumed
  std::string out_;  // bytes to send, from sent_ on
  std::size_t sent_ = 0;
  std::shared_ptr<Reply::Slot> first_;  // requests without an answer on its way, oldest first
  Reply::Slot* last_ = nullptr;
  std::shared_ptr<RequestBody::Incoming> incoming_;  // the body that comes in bit by bit
  std::size_t outstanding_ = 0;
  std::size_t served_ = 0;
  std::size_t timed_at_ = 0;  // served_ when the running deadline began
  std::size_t discarded_ = 0;
  std::size_t taken_ = 0;  // bytes the client took since the write deadline began
  std::uint32_t interest_ = 0;
  bool processing_ = false;
  bool paused_ = false;        // bytes wait in in_ until answers have gone out
  bool input_ended_ = false;   // we take no further request
  bool client_ended_ = false;  // the client sends no more
  bool closing_ = false;       // the last answer is written
  bool polite_ = true;         // the client may still be sending: linger before closing
  bool lingering_ = false;
  bool closed_ = false;
};

}  // namespace candor::http
