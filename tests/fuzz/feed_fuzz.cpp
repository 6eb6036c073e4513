// Disclosing a feed twice is disclosing it once, and no byte outside of its items' HTML changes.
#include "disclosure/feed.h"

#include <string>

#include "fuzz/fuzz_target.h"
#include "fuzz/owner_policy.h"

namespace candor::fuzz {
namespace {

/// The feed with every item's HTML taken out.
std::string frame_of(std::string_view feed) {
  std::string frame;
  std::size_t at = 0;
  const disclosure::FeedParts read = disclosure::feed_parts(feed);
  for (const disclosure::FeedPart& part : read.parts)
    for (const disclosure::FeedRun& run : part.runs) {
      frame += feed.substr(at, run.source.begin - at);
      at = run.source.end;
    }
  return frame += feed.substr(at);
}

void try_feed(std::string_view feed) {
  for (const disclosure::Policy& policy : owner_policies()) {
    const disclosure::InjectResult once = disclosure::inject_feed(feed, policy);
    if (once.outcome != disclosure::InjectOutcome::Changed)
      must_hold(once.page == feed, "what was not changed is the input");
    else
      must_hold(frame_of(feed) == frame_of(once.page), "bytes outside of the items stay");
    const disclosure::InjectResult twice = disclosure::inject_feed(once.page, policy);
    must_hold(twice.page == once.page, "twice is once");
  }
}

std::string escaped(std::string_view html) {
  std::string out;
  for (const char c : html) out += c == '<' ? "&lt;" : c == '&' ? "&#38;" : std::string(1, c);
  return out;
}

}  // namespace

void try_input(std::string_view bytes) {
  try_feed(bytes);
  const std::string open = "<rss><channel><item><link>https://gear.example/a/</link><description>";
  const std::string close = "</description></item></channel></rss>";
  try_feed(open + escaped(bytes) + close);
  if (bytes.find("]]>") == std::string_view::npos)
    try_feed(open + "\n<![CDATA[" + std::string(bytes) + "]]>" + close);
}

}  // namespace candor::fuzz
