#pragma once
// One client's connection: its bytes in and out, its requests and their answers in order.
#include <Poco/Net/StreamSocket.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/deadlines.h"
#include "http/loop_core.h"
#include "http/request_reader.h"
#include "http/server.h"

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
};

class Connection final : public Watcher, public Timed {
 public:
  Connection(Household& house, const Poco::Net::StreamSocket& socket, std::string peer);
  ~Connection() override;

  void on_ready(std::uint32_t events) override;
  void on_late(Deadline kind) override;
  void answer(Reply::Slot& slot, Response response);
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
  void write_answer(const Reply::Slot& slot, const Response& response);
  void write_ready_answers();
  void offer_continue();
  void settle();
  void flush();
  void finish();
  void discard_input();
  void update_interest();
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
