#pragma once
// What the nightly jobs did and up to where: their watermarks. Callable from any thread.
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candor::store {

struct JobRun {
  std::int64_t id = 0;
  std::string job;   ///< "nightly"
  std::string step;  ///< "import", "attribute", ...; empty: the whole job
  /// "running", "done", "attention" (done, look at it), "failed", or "interrupted": its process
  /// ended before it did.
  std::string state;
  std::string watermark;  ///< what is complete: "2026-11-22" (a day), or empty
  std::int64_t started_at_ms = 0;
  std::optional<std::int64_t> finished_at_ms;
  std::string message;
};

/// How far a step has come, in its own words.
struct Mark {
  std::string name;  ///< "reclassify"
  std::string value;
};

class JobStore {
 public:
  virtual ~JobStore() = default;
  virtual std::int64_t start_job(std::string_view job, std::string_view step,
                                 std::int64_t at_ms) = 0;
  virtual void finish_job(std::int64_t id, std::string_view state, std::string_view watermark,
                          std::string_view message, std::int64_t at_ms) = 0;
  /// For the owner of the store while no job of its own runs: what is "running" still is of a
  /// process that is gone. Gives how many there were.
  virtual std::size_t interrupt_jobs() = 0;
  virtual std::vector<JobRun> list_jobs(std::size_t limit) const = 0;
  virtual std::optional<JobRun> last_done(std::string_view job, std::string_view step) const = 0;

  virtual std::optional<std::string> find_mark(std::string_view name) const = 0;
  /// One transaction.
  virtual void set_marks(const std::vector<Mark>& marks) = 0;

  /// Writes all that is kept, as it is at one moment, to a file of its own (0600), in place at once
  /// or not at all. Clicks are absorbed meanwhile. Throws Stopped or Broken.
  virtual void back_up(const std::filesystem::path& file) const = 0;

  /// From now on what takes long throws Stopped within moments, also where it is under way:
  /// imports, attribution, new verdicts, reports, backups. Clicks are still absorbed. There is no
  /// way back.
  virtual void stop_jobs() = 0;
  virtual bool jobs_stopped() const = 0;
};

}  // namespace candor::store
