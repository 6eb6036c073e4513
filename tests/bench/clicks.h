#pragma once
// Clicks of the workload's readers, and a journal full of them.
#include <stdlib.h>

#include <filesystem>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/workload.h"
#include "click/click.h"
#include "journal/journal.h"

namespace candor::bench {

/// Gone at the end.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "candor-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    path = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::filesystem::path path;
};

/// 20 of a millisecond, from 2026-01-01T00:00Z on.
inline std::vector<Click> make_clicks(std::size_t count, std::size_t links = 10'000) {
  constexpr std::int64_t kBeginMs = 1'767'225'600'000;
  const Readers readers = make_readers();
  std::mt19937_64 random(1);
  std::vector<Click> clicks(count);
  for (std::size_t n = 0; n < count; ++n) {
    Click& click = clicks[n];
    click.id.value = first_click_id(kBeginMs + static_cast<std::int64_t>(n / 20)).value +
                     static_cast<std::int64_t>(n % 20);
    const Followed followed = follow(random, links);
    click.link.value = static_cast<std::int64_t>(1 + followed.link);
    if (is_article(followed.referer))
      click.article.value = static_cast<std::int64_t>(1 + followed.referer % kArticles);
    click.visitor = random();
    const std::size_t agent = random() % kUserAgents;
    click.user_agent = readers.user_agents[agent];
    click.referrer = "blog.example" + article_path(followed.referer);
    if (agent % 20 == 0) {
      click.verdict = Verdict::Bot;
      click.reason = "crawler-user-agents:Googlebot\\/";
    }
  }
  return clicks;
}

/// All of them recorded, the journal closed.
inline void write_journal(const std::filesystem::path& directory,
                          const std::vector<Click>& clicks) {
  journal::Journal journal({.directory = directory,
                            .durability = journal::Durability::Process,
                            .queue_limit = clicks.size()});
  for (const Click& click : clicks) journal.append(click, [](journal::AppendOutcome) {});
}

}  // namespace candor::bench
