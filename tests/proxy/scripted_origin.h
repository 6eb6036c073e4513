#pragma once
// An origin that answers with exactly the bytes a test wants, right or wrong.
#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace candor::proxy {

/// One connection at a time is talked to by one thread each; every wait gives up after seconds.
class ScriptedOrigin {
 public:
  enum class Then { Keep, Close, Reset, Hold };
  struct Answer {
    std::string bytes;
    Then then = Then::Keep;
  };
  /// Gets the whole request, body included. Called on the origin's threads.
  using Script = std::function<Answer(const std::string& request)>;

  explicit ScriptedOrigin(Script script);
  ~ScriptedOrigin();
  ScriptedOrigin(const ScriptedOrigin&) = delete;
  ScriptedOrigin& operator=(const ScriptedOrigin&) = delete;

  std::string url() const;
  std::vector<std::string> requests() const;
  int connections() const { return accepted_.load(); }
  /// From now on nobody listens.
  void stop();

 private:
  void accept_all();
  void talk(int fd);

  Script script_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  std::atomic<int> accepted_{0};
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;  // guarded by mutex_
  std::vector<std::thread> talks_;     // guarded by mutex_
  std::vector<int> open_;              // guarded by mutex_
  std::thread acceptor_;
};

}  // namespace candor::proxy
