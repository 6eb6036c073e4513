#pragma once
// A server on a loop of its own thread, with time that moves only when a test moves it.
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "http/event_loop.h"
#include "http/server.h"
#include "http/streams.h"

namespace candor::http {

/// A handler made of a function.
class FunctionHandler final : public Handler {
 public:
  using Function = std::function<void(const Request&, Reply)>;
  explicit FunctionHandler(Function function) : function_(std::move(function)) {}
  void handle(const Request& request, Reply reply) override {
    function_(request, std::move(reply));
  }
  bool takes_upload(const Request&) override { return static_cast<bool>(upload); }
  void handle_upload(const Request& head, RequestBody body, Reply reply) override {
    upload(head, std::move(body), std::move(reply));
  }

  std::function<void(const Request&, RequestBody, Reply)> upload;

 private:
  Function function_;
};

class LiveServer {
 public:
  explicit LiveServer(FunctionHandler::Function function, Limits limits = {},
                      const std::string& listen = "127.0.0.1:0");
  ~LiveServer();

  /// Runs `work` on the loop and waits for its end.
  void on_loop(std::function<void()> work);
  /// Moves time on and lets everything that is due happen.
  void advance(std::chrono::milliseconds by);
  /// Moves time on without waiting, for a loop that may end by it.
  void jump(std::chrono::milliseconds by);
  /// Asks the loop to stop; `join` waits for it.
  void stop() { thread_.request_stop(); }
  void join() { thread_.join(); }

  EventLoop& loop() { return loop_; }
  FunctionHandler& handler() { return handler_; }
  Server& server() { return *server_; }
  std::string address() const { return server_->address(); }

 private:
  std::atomic<std::int64_t> now_ms_{1'000'000};
  EventLoop loop_;
  FunctionHandler handler_;
  std::unique_ptr<Server> server_;
  std::jthread thread_;
};

/// A blocking client that says what it is told and gives up after a few seconds.
class Client {
 public:
  explicit Client(const std::string& address);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void send(std::string_view bytes);
  /// Says that nothing more will come.
  void end_output();
  /// Reads until `text` has been read (inclusive); what came until then when the connection ends.
  std::string read_until(std::string_view text);
  std::string read_to_end();
  /// Exactly this many bytes, or less when the connection ends.
  std::string read_bytes(std::size_t count);
  /// One whole response by its Content-Length.
  std::string read_response();
  /// False when the connection was reset rather than closed.
  bool ended_cleanly() const { return clean_; }
  void close();

 private:
  bool fill();

  int fd_ = -1;
  bool clean_ = true;
  std::string buffer_;
};

}  // namespace candor::http
