#pragma once
// Whom a URL pays: the owner's own programmes, the known networks, and what is wrapped in a
// redirector's parameters.
#include <optional>
#include <string>
#include <string_view>

#include "disclosure/wording/policy.h"
#include "link/url.h"

namespace candor::disclosure {

struct LinkNetwork {
  std::string name;
  bool wrapped = false;     ///< another host redirects to it
  bool sure = true;         ///< false for shapes that ordinary links have too
  std::string destination;  ///< of a wrapped one: the URL inside
};

/// By the URL itself, else by a URL in its parameters.
std::optional<LinkNetwork> network_of(const Url& url, const Policy& policy);
/// By a URL in its parameters or behind its path ("/url?u=https%3A%2F%2F...", also encoded more
/// than once).
std::optional<LinkNetwork> wrapped_network(const Url& url, const Policy& policy);

/// A shop of Amazon's: "www.amazon.co.uk".
bool is_amazon_shop(std::string_view host);
/// The folder in which redirect plug-ins keep the affiliate links they hide, when the path is in
/// one: "/recommends/". Empty: it is in none.
std::string_view cloaking_folder(std::string_view path);
/// A network's own short link: amzn.to, ebay.us.
bool is_short_link(const Url& url);

}  // namespace candor::disclosure
