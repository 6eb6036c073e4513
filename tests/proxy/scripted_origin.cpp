#include "scripted_origin.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace candor::proxy {
namespace {

bool fill(int fd, std::string& buffer) {
  std::array<char, 65536> bytes{};
  const ssize_t got = ::recv(fd, bytes.data(), bytes.size(), 0);
  if (got <= 0) return false;
  buffer.append(bytes.data(), static_cast<std::size_t>(got));
  return true;
}

/// Takes one request off the buffer: by its length, or its last chunk.
std::optional<std::string> read_request(int fd, std::string& buffer) {
  std::size_t head = 0;
  while ((head = buffer.find("\r\n\r\n")) == std::string::npos)
    if (!fill(fd, buffer)) return std::nullopt;
  std::size_t size = head + 4;
  const std::string_view lines = std::string_view(buffer).substr(0, head);
  if (const auto at = lines.find("Content-Length: "); at != std::string_view::npos)
    size += std::stoul(std::string(lines.substr(at + 16)));
  const bool chunked = lines.find("Transfer-Encoding: chunked") != std::string_view::npos;
  const auto ended = [&] {
    if (!chunked) return buffer.size() >= size;
    const auto end = buffer.find("0\r\n\r\n", head);
    if (end != std::string::npos) size = end + 5;
    return end != std::string::npos;
  };
  while (!ended())
    if (!fill(fd, buffer)) return std::nullopt;
  std::string request = buffer.substr(0, size);
  buffer.erase(0, size);
  return request;
}

void say(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

}  // namespace

ScriptedOrigin::ScriptedOrigin(Script script) : script_(std::move(script)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = static_cast<sockaddr*>(static_cast<void*>(&address));
  ::bind(listener_, generic, size);
  ::listen(listener_, 16);
  ::getsockname(listener_, generic, &size);
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

ScriptedOrigin::~ScriptedOrigin() {
  stop();
  std::vector<std::thread> talks;
  {
    const std::scoped_lock lock(mutex_);
    for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
    talks.swap(talks_);
  }
  for (std::thread& talk : talks) talk.join();
}

void ScriptedOrigin::stop() {
  if (stopping_.exchange(true)) return;
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  ::close(listener_);
}

std::string ScriptedOrigin::url() const { return "http://127.0.0.1:" + std::to_string(port_); }

std::vector<std::string> ScriptedOrigin::requests() const {
  const std::scoped_lock lock(mutex_);
  return requests_;
}

void ScriptedOrigin::accept_all() {
  while (!stopping_) {
    const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) return;
    ++accepted_;
    const std::scoped_lock lock(mutex_);
    open_.push_back(fd);
    talks_.emplace_back([this, fd] { talk(fd); });
  }
}

void ScriptedOrigin::talk(int fd) {
  std::string buffer;
  bool reset = false;
  while (const auto request = read_request(fd, buffer)) {
    {
      const std::scoped_lock lock(mutex_);
      requests_.push_back(*request);
    }
    const Answer answer = script_(*request);
    say(fd, answer.bytes);
    reset = answer.then == Then::Reset;
    if (answer.then == Then::Hold)
      while (fill(fd, buffer)) {
      }
    if (answer.then != Then::Keep) break;
  }
  const std::scoped_lock lock(mutex_);
  std::erase(open_, fd);
  if (reset) {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }
  ::close(fd);
}

}  // namespace candor::proxy
