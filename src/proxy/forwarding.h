#pragma once
// Which headers go on to the origin and back to the reader.
#include <string>
#include <string_view>

#include "http/message.h"
#include "proxy/page_tag.h"
#include "redirect/client_address.h"

namespace candor::proxy {

/// Tells a request that came back to us from one that is new.
inline constexpr std::string_view kPassedHeader = "X-Candor-Pages";

/// A reader that navigates, as its Accept says: what is asked for is a page, as far as it knows.
bool wants_page(const http::Request& request);
/// "Connection: upgrade" with "Upgrade: websocket".
bool wants_websocket(const http::Request& request);

/// The request's headers for the origin: without those of this connection (RFC 9110 7.6.1), with
/// the conditions as given, codings cut down to what we can take off, and the reader's address
/// and scheme as the trusted front tells them, the host as Host says it. Of a page the whole is
/// asked for, and of anything several ranges at once.
http::HeaderList origin_headers(const http::Request& request, const Conditions& conditions,
                                const redirect::TrustedProxies& proxies);

/// Without a range: to ask again for the whole.
void drop_range(http::HeaderList& headers);

/// Removes what concerns one connection only: the headers RFC 9110 7.6.1 names and those that
/// Connection names. Content-Length too: the server says it.
void remove_connection_headers(http::HeaderList& headers);

std::string_view find_value(const http::HeaderList& headers, std::string_view name);
void remove_all(http::HeaderList& headers, std::string_view name);
/// "text/html; charset=utf-8" is "text/html".
std::string media_type(const http::HeaderList& headers);

}  // namespace candor::proxy
