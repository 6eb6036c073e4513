#include "http/listener.h"

#include <Poco/Exception.h>
#include <Poco/Net/ServerSocketImpl.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocketImpl.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <system_error>

#include "http/loop_core.h"

namespace candor::http {
namespace {

using Poco::Net::SocketAddress;

constexpr int kBacklog = 1024;
constexpr int kUnsentBytes = 128 << 10;
constexpr std::string_view kUnixPrefix = "unix:";

/// A Unix socket whose file is born with mode 0600: the mode a socket has when it is bound is the
/// one its file gets, so there is no moment at which others could connect.
class PrivateUnixSocket final : public Poco::Net::ServerSocketImpl {
 public:
  PrivateUnixSocket() {
    init(AF_UNIX);
    if (::fchmod(sockfd(), S_IRUSR | S_IWUSR) != 0)
      throw std::system_error(errno, std::generic_category(), "fchmod");
  }
};

// Poco counts references to its socket implementations; the socket takes the first one over.
class AdoptedServerSocket final : public Poco::Net::ServerSocket {
 public:
  explicit AdoptedServerSocket(Poco::Net::ServerSocketImpl* impl) : ServerSocket(impl, true) {}
};

class AdoptedStreamSocket final : public Poco::Net::StreamSocket {
 public:
  explicit AdoptedStreamSocket(int fd) : StreamSocket(new Poco::Net::StreamSocketImpl(fd)) {}
};

std::string numeric_address(const sockaddr_storage& from) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (from.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &from, sizeof v4);
    ::inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
  } else if (from.ss_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &from, sizeof v6);
    // A socket for both families shows IPv4 clients as ::ffff:a.b.c.d; nobody writes rules for
    // that.
    if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr))
      ::inet_ntop(AF_INET, &v6.sin6_addr.s6_addr[12], text.data(), text.size());
    else
      ::inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
  }
  return text.data();
}

bool somebody_listens(const std::filesystem::path& path) {
  const Descriptor probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string name = path.string();
  name.copy(address.sun_path, sizeof address.sun_path - 1);
  const auto* pointer = reinterpret_cast<const sockaddr*>(&address);
  // Anything but a refusal (a full backlog, no permission) may be a living server.
  return ::connect(probe.get(), pointer, sizeof address) == 0 || errno != ECONNREFUSED;
}

void remove_stale(const std::filesystem::path& path) {
  struct stat status{};
  if (::lstat(path.c_str(), &status) != 0) return;
  if (!S_ISSOCK(status.st_mode) || somebody_listens(path))
    throw std::system_error(EADDRINUSE, std::generic_category(), "");
  ::unlink(path.c_str());
}

}  // namespace

Listener::Listener(const std::string& listen) {
  try {
    if (listen.starts_with(kUnixPrefix))
      listen_unix(listen.substr(kUnixPrefix.size()));
    else
      listen_tcp(listen);
  } catch (const Poco::Exception& error) {
    throw std::system_error(error.code() != 0 ? error.code() : EINVAL, std::generic_category(),
                            "cannot listen on " + listen + " (" + error.displayText() + ")");
  } catch (const std::system_error& error) {
    throw std::system_error(error.code(), "cannot listen on " + listen);
  }
  socket_.setBlocking(false);
  descriptor_ = socket_.impl()->sockfd();
}

Listener::~Listener() { close(); }

void Listener::listen_tcp(const std::string& listen) {
  const SocketAddress wanted(listen);
  // Never SO_REUSEPORT: two servers on one port would share its connections without noticing.
  if (wanted.family() == SocketAddress::IPv6)
    socket_.bind6(wanted, true, false, true);
  else
    socket_.bind(wanted, true, false);
  // Both are inherited by every connection. Little unsent data in the kernel keeps slow readers
  // cheap, and lets us see how slow they are.
  socket_.setNoDelay(true);
  socket_.setOption(IPPROTO_TCP, TCP_NOTSENT_LOWAT, kUnsentBytes);
  socket_.listen(kBacklog);
  address_ = socket_.address().toString();
}

void Listener::listen_unix(const std::filesystem::path& path) {
  if (path.empty() || path.string().size() >= sizeof(sockaddr_un{}.sun_path))
    throw std::system_error(ENAMETOOLONG, std::generic_category(), "");
  remove_stale(path);
  socket_ = AdoptedServerSocket(new PrivateUnixSocket);
  socket_.bind(SocketAddress(SocketAddress::UNIX_LOCAL, path.string()), false, false);
  socket_.listen(kBacklog);
  struct stat status{};
  if (::lstat(path.c_str(), &status) == 0) inode_ = status.st_ino;
  path_ = path;
  address_ = std::string(kUnixPrefix) + path.string();
}

Listener::Outcome Listener::accept(std::optional<Accepted>& into) {
  for (;;) {
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    auto* pointer = reinterpret_cast<sockaddr*>(&from);
    const int fd = ::accept4(descriptor_, pointer, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) {
      into.emplace(AdoptedStreamSocket(fd), numeric_address(from));
      return Outcome::Accepted;
    }
    switch (errno) {
      case EMFILE:
      case ENFILE:
      case ENOBUFS:
      case ENOMEM:
        return Outcome::OutOfDescriptors;
      case EAGAIN:
        return Outcome::NobodyWaits;
      case EBADF:
      case EINVAL:
      case ENOTSOCK:
        throw std::system_error(errno, std::generic_category(), "accept on " + address_);
      default:
        break;  // that client gave up (ECONNABORTED and the like): try the next
    }
  }
}

void Listener::close() {
  if (closed_) return;
  closed_ = true;
  struct stat status{};
  if (!path_.empty() && ::lstat(path_.c_str(), &status) == 0 && status.st_ino == inode_)
    ::unlink(path_.c_str());
  socket_.close();
}

}  // namespace candor::http
