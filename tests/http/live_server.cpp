#include "http/live_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <future>
#include <stdexcept>
#include <utility>

namespace candor::http {
namespace {

// Only a broken server lets a client wait this long.
constexpr timeval kPatience{20, 0};

}  // namespace

LiveServer::LiveServer(FunctionHandler::Function function, Limits limits, const std::string& listen)
    : loop_({[this] {
               return std::chrono::steady_clock::time_point{
                   std::chrono::milliseconds{now_ms_.load()}};
             },
             [] { return std::chrono::sys_seconds{std::chrono::seconds{784111777}}; }}),
      handler_(std::move(function)),
      server_(std::make_unique<Server>(loop_, listen, handler_, limits)),
      thread_([this](const std::stop_token& stop) { loop_.run(stop); }) {}

LiveServer::~LiveServer() {
  stop();
  if (!thread_.joinable()) return;
  // A test that failed may leave connections open; the drain must still end.
  jump(std::chrono::minutes{1});
  thread_.join();
}

void LiveServer::on_loop(std::function<void()> work) {
  std::promise<void> done;
  loop_.post([&work, &done] {
    work();
    done.set_value();
  });
  done.get_future().wait();
}

void LiveServer::advance(std::chrono::milliseconds by) {
  now_ms_ += by.count();
  // The first turn may have fetched the time before it moved; timers run behind posted work.
  on_loop([] {});
  on_loop([] {});
  on_loop([] {});
}

void LiveServer::jump(std::chrono::milliseconds by) {
  now_ms_ += by.count();
  loop_.post([] {});
}

Client::Client(const std::string& address) {
  sockaddr_storage storage{};
  socklen_t size = 0;
  if (address.starts_with("unix:")) {
    auto* to = static_cast<sockaddr_un*>(static_cast<void*>(&storage));
    to->sun_family = AF_UNIX;
    address.substr(5).copy(to->sun_path, sizeof to->sun_path - 1);
    size = sizeof *to;
  } else {
    auto* to = static_cast<sockaddr_in*>(static_cast<void*>(&storage));
    to->sin_family = AF_INET;
    to->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to->sin_port =
        htons(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    size = sizeof *to;
  }
  fd_ = ::socket(storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
  const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&storage));
  if (::connect(fd_, generic, size) != 0) throw std::runtime_error("cannot connect to " + address);
}

Client::~Client() { close(); }

void Client::close() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

void Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // the server has hung up, which reading will show
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void Client::end_output() { ::shutdown(fd_, SHUT_WR); }

bool Client::fill() {
  std::array<char, 65536> bytes{};
  const ssize_t got = ::recv(fd_, bytes.data(), bytes.size(), 0);
  if (got < 0) clean_ = false;
  if (got <= 0) return false;
  buffer_.append(bytes.data(), static_cast<std::size_t>(got));
  return true;
}

std::string Client::read_until(std::string_view text) {
  std::size_t at = 0;
  while ((at = buffer_.find(text)) == std::string::npos)
    if (!fill()) return std::exchange(buffer_, {});
  std::string head = buffer_.substr(0, at + text.size());
  buffer_.erase(0, at + text.size());
  return head;
}

std::string Client::read_to_end() {
  while (fill()) {
  }
  return std::exchange(buffer_, {});
}

std::string Client::read_bytes(std::size_t count) {
  while (buffer_.size() < count && fill()) {
  }
  std::string bytes = buffer_.substr(0, count);
  buffer_.erase(0, bytes.size());
  return bytes;
}

std::string Client::read_response() {
  std::string response = read_until("\r\n\r\n");
  const std::size_t at = response.find("Content-Length: ");
  if (at == std::string::npos) return response;
  const std::size_t size = std::stoul(response.substr(at + 16));
  while (buffer_.size() < size && fill()) {
  }
  response += buffer_.substr(0, size);
  buffer_.erase(0, std::min(size, buffer_.size()));
  return response;
}

}  // namespace candor::http
