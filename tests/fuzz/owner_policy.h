#pragma once
// The policies pages are tried with: rules of three jurisdictions, without and with redirects.
#include <array>
#include <optional>
#include <string>

#include "disclosure/wording/policy.h"

namespace candor::fuzz {

inline disclosure::Policy stateless_policy() {
  disclosure::Policy policy;
  policy.site_name = "Gear & \"Shed\" \xC3\xA9";
  policy.jurisdictions = {"US", "UK", "DE"};
  policy.site_hosts = {"gear.example"};
  return policy;
}

inline disclosure::Policy redirecting_policy() {
  disclosure::Policy policy = stateless_policy();
  policy.go_prefix = "https://gear.example/go/";
  policy.article_path = "/best?b=c&d/";
  policy.slug_of = [](const disclosure::PaidLink& link) -> std::optional<std::string> {
    return link.network.empty() ? "x" : link.network;
  };
  policy.choices.footer = true;
  policy.choices.stylesheet_url = "https://gear.example/go/-/candor.css";
  policy.choices.disclaimers = {{"any", {"/best*"}, "No <advice>.", ""}};
  return policy;
}

inline const std::array<disclosure::Policy, 2>& owner_policies() {
  static const std::array<disclosure::Policy, 2> policies{stateless_policy(), redirecting_policy()};
  return policies;
}

}  // namespace candor::fuzz
