#pragma once
// The socket a server listens on: TCP, or a Unix socket file for its owner alone.
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>

#include <filesystem>
#include <optional>
#include <string>

namespace candor::http {

struct Accepted {
  Poco::Net::StreamSocket socket;
  std::string peer;  ///< numeric address; empty on a Unix socket
};

class Listener {
 public:
  /// "127.0.0.1:8080", "[::1]:0" or "unix:/path". Throws with the address in the text.
  explicit Listener(const std::string& listen);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  int descriptor() const { return descriptor_; }
  std::string address() const { return address_; }

  enum class Outcome { Accepted, NobodyWaits, OutOfDescriptors };
  /// Takes the next connection that waits; `into` is set when there was one.
  Outcome accept(std::optional<Accepted>& into);

  /// Removes the socket file, when it is still ours, and closes. No-op when closed.
  void close();

 private:
  void listen_tcp(const std::string& listen);
  void listen_unix(const std::filesystem::path& path);

  Poco::Net::ServerSocket socket_;
  std::filesystem::path path_;  // of a Unix socket
  unsigned long inode_ = 0;
  std::string address_;
  int descriptor_ = -1;
  bool closed_ = false;
};

}  // namespace candor::http
