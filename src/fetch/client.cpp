#include "fetch/client.h"

#include <curl/curl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <new>

#include "base/ascii.h"
#include "fetch/public_address.h"

namespace candor::fetch {
namespace {

struct EasyDeleter {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct ListDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderLines = std::unique_ptr<curl_slist, ListDeleter>;

/// libcurl wants to be initialised once, before any thread uses it.
void initialise_once() {
  static const CURLcode result = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (result != CURLE_OK) throw std::bad_alloc();
}

struct Receiving {
  Response response;
  std::size_t max_body_bytes = 0;
  bool too_large = false;
};

std::size_t on_header(char* data, std::size_t, std::size_t size, void* user) {
  Response& response = static_cast<Receiving*>(user)->response;
  const std::string_view line(data, size);
  if (line.starts_with("HTTP/")) {
    response.headers.clear();  // an interim answer came before
    return size;
  }
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos)
    response.headers.emplace_back(line.substr(0, colon), ascii::trim(line.substr(colon + 1)));
  return size;
}

std::size_t on_body(char* data, std::size_t, std::size_t size, void* user) {
  auto& receiving = *static_cast<Receiving*>(user);
  if (size > receiving.max_body_bytes - receiving.response.body.size()) {
    receiving.too_large = true;
    return 0;
  }
  receiving.response.body.append(data, size);
  return size;
}

bool has_break(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

/// Asked with the very address that is about to be connected to.
curl_socket_t open_public(void* is_private, curlsocktype, curl_sockaddr* to) {
  if (!is_public_address(to->addr)) {
    *static_cast<bool*>(is_private) = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

int on_progress(void* request, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const Request*>(request)->cancelled() ? 1 : 0;
}

ErrorKind kind_of(CURLcode code) {
  switch (code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return ErrorKind::BadRequest;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
      return ErrorKind::CannotConnect;
    case CURLE_OPERATION_TIMEDOUT:
      return ErrorKind::Timeout;
    case CURLE_FILESIZE_EXCEEDED:
      return ErrorKind::TooLarge;
    case CURLE_ABORTED_BY_CALLBACK:
      return ErrorKind::Cancelled;
    default:
      return ErrorKind::Broken;
  }
}

std::optional<HeaderLines> header_lines(const Request& request) {
  // libcurl's own additions are turned off; whoever wants one of these headers gives it.
  constexpr std::array kNotByItself{"Expect:", "Content-Type:"};
  HeaderLines lines;
  const auto append = [&lines](const char* line) {
    curl_slist* longer = curl_slist_append(lines.get(), line);
    if (longer == nullptr) throw std::bad_alloc();
    if (lines == nullptr) lines.reset(longer);  // the list keeps its first element
  };
  for (const char* line : kNotByItself) {
    const std::string_view name(line);
    const bool given = std::ranges::any_of(request.headers, [name](const auto& header) {
      return ascii::equals_ignoring_case(header.first, name.substr(0, name.size() - 1));
    });
    if (!given) append(line);
  }
  for (const auto& [name, value] : request.headers) {
    if (name.empty() || has_break(name) || has_break(value)) return std::nullopt;
    // "Name;" is how libcurl spells a header with an empty value.
    std::string line = name;
    if (value.empty())
      line += ';';
    else
      line.append(": ").append(value);
    append(line.c_str());
  }
  return lines;
}

}  // namespace

struct Client::Impl {
  std::unique_ptr<CURL, EasyDeleter> handle;

  template <class Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(handle.get(), option, value) == CURLE_OUT_OF_MEMORY)
      throw std::bad_alloc();
  }
  void set_target(const Request& request);
  void set_method(const Request& request);
};

void Client::Impl::set_target(const Request& request) {
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PATH_AS_IS, 1L);
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout_ms));
  set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request.max_body_bytes));
  if (!request.unix_socket_path.empty())
    set(CURLOPT_UNIX_SOCKET_PATH, request.unix_socket_path.c_str());
}

void Client::Impl::set_method(const Request& request) {
  if (request.method == "HEAD") {
    set(CURLOPT_NOBODY, 1L);
    return;
  }
  const bool sends = !request.body.empty() || request.method == "POST" || request.method == "PUT" ||
                     request.method == "PATCH";
  if (sends) {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDS, request.body.data());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  }
  set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

std::optional<std::string_view> Response::find_header(std::string_view name) const {
  for (const auto& [each, value] : headers)
    if (ascii::equals_ignoring_case(each, name)) return value;
  return std::nullopt;
}

Client::Client() : impl_(std::make_unique<Impl>()) {
  initialise_once();
  impl_->handle.reset(curl_easy_init());
  if (!impl_->handle) throw std::bad_alloc();
}

Client::~Client() = default;

Result<Response, Error> Client::send(const Request& request) {
  const auto lines = header_lines(request);
  const bool plain_method =
      !request.method.empty() && std::ranges::all_of(request.method, ascii::is_alpha);
  if (!lines || !plain_method || has_break(request.url) || has_break(request.unix_socket_path))
    return std::unexpected(
        Error{ErrorKind::BadRequest, "the request has a character that HTTP does not allow there"});
  CURL* handle = impl_->handle.get();
  curl_easy_reset(handle);  // keeps the connection
  std::array<char, CURL_ERROR_SIZE> reason{};
  Receiving receiving;
  receiving.max_body_bytes = request.max_body_bytes;
  impl_->set_target(request);
  impl_->set_method(request);
  impl_->set(CURLOPT_HTTPHEADER, lines->get());
  impl_->set(CURLOPT_ERRORBUFFER, reason.data());
  impl_->set(CURLOPT_HEADERFUNCTION, &on_header);
  impl_->set(CURLOPT_HEADERDATA, static_cast<void*>(&receiving));
  impl_->set(CURLOPT_WRITEFUNCTION, &on_body);
  impl_->set(CURLOPT_WRITEDATA, static_cast<void*>(&receiving));
  bool is_private = false;
  if (request.public_addresses_only) {
    impl_->set(CURLOPT_OPENSOCKETFUNCTION, &open_public);
    impl_->set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(&is_private));
    impl_->set(CURLOPT_FRESH_CONNECT,
               1L);  // one that was kept was perhaps opened without the check
  }
  if (request.cancelled) {
    impl_->set(CURLOPT_NOPROGRESS, 0L);
    impl_->set(CURLOPT_XFERINFOFUNCTION, &on_progress);
    impl_->set(CURLOPT_XFERINFODATA, static_cast<void*>(const_cast<Request*>(&request)));
  }
  const CURLcode code = curl_easy_perform(handle);
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  const char* local = nullptr;
  curl_easy_getinfo(handle, CURLINFO_LOCAL_IP, &local);
  if (local != nullptr) receiving.response.local_address = local;
  curl_easy_reset(handle);  // nothing may point into this call's locals afterwards
  if (receiving.too_large || code == CURLE_FILESIZE_EXCEEDED)
    return std::unexpected(
        Error{ErrorKind::TooLarge,
              "the answer is larger than " + std::to_string(request.max_body_bytes) + " bytes"});
  if (code == CURLE_COULDNT_CONNECT && is_private)
    return std::unexpected(
        Error{ErrorKind::CannotConnect, "its address is none of the public internet"});
  if (code != CURLE_OK)
    return std::unexpected(Error{
        kind_of(code), reason[0] != '\0' ? std::string(reason.data()) : curl_easy_strerror(code)});
  receiving.response.status = static_cast<int>(status);
  return std::move(receiving.response);
}

}  // namespace candor::fetch
