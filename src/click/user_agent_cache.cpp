#include "click/user_agent_cache.h"

#include <sodium.h>

#include <algorithm>
#include <functional>
#include <utility>

namespace candor {
namespace {

constexpr std::size_t kBuckets = 1024;  // a power of two

}  // namespace

UserAgentClass classify_user_agent(const BotFilter& bots, std::string_view user_agent) {
  UserAgentClass known{.verdict = Verdict::Human, .reason = {}, .reader = read_reader(user_agent)};
  auto bot = bots.find_bot(user_agent);
  if (!bot) return known;
  if (const std::string_view preview = bots.find_preview(user_agent); !preview.empty()) {
    known.verdict = Verdict::Preview;
    known.reason = "preview:" + std::string(preview);
  } else {
    known.verdict = Verdict::Bot;
    known.reason = std::move(*bot);
  }
  return known;
}

UserAgentCache::UserAgentCache(const BotFilter& bots) : bots_(bots), buckets_(kBuckets) {}

UserAgentCache::Entry& UserAgentCache::find(std::string_view user_agent) {
  const std::size_t hash = std::hash<std::string_view>{}(user_agent);
  Bucket& bucket = buckets_[hash & (kBuckets - 1)];
  ++calls_;
  for (Entry& entry : bucket) {
    if (entry.used_at == 0 || entry.hash != hash || entry.text != user_agent) continue;
    entry.used_at = calls_;
    return entry;
  }
  Entry& oldest = *std::ranges::min_element(bucket, {}, &Entry::used_at);
  oldest.known = classify_user_agent(bots_, user_agent);
  oldest.text = user_agent;
  oldest.hash = hash;
  oldest.used_at = calls_;
  oldest.has_key = false;
  return oldest;
}

UserAgentCache::Known UserAgentCache::look_up(std::string_view user_agent,
                                              const VisitorSalt& salt) {
  keep_only(salt);
  Entry& entry = find(user_agent);
  if (!std::exchange(entry.has_key, true)) entry.visitors = visitor_group_key(salt, user_agent);
  return {.known = entry.known, .visitors = entry.visitors};
}

void UserAgentCache::keep_only(const VisitorSalt& salt) {
  if (salt == salt_) return;
  salt_ = salt;
  for (Bucket& bucket : buckets_)
    for (Entry& entry : bucket) {
      sodium_memzero(&entry.visitors, sizeof entry.visitors);
      entry.has_key = false;
    }
}

}  // namespace candor
