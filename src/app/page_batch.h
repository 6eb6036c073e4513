#pragma once
// A command's work on many pages: read, injected or audited, and written back, on several threads,
// reported in order.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/page_files.h"
#include "app/page_run.h"
#include "app/unified_diff.h"
#include "pages/site_folder.h"

namespace candor::app {

struct PageTask {
  enum class Kind : std::uint8_t {
    Audit,
    AuditAndPreview,  ///< reported as it stands, with the difference that injecting would make
    Inject,
  };
  Kind kind = Kind::Audit;
  bool write = false;  ///< of an injected page: to its file, or below `out`
  std::filesystem::path out{};
  bool diff = false;
  DiffColour colour = DiffColour::None;
};

struct PageOutcome {
  std::optional<PageResult> result;  ///< without the page's bytes
  std::string diff;
  std::string error;  ///< why there is no result
};

/// `path` is the page's URL path; empty when it is not known. Throws nothing: what goes wrong with
/// a page is its outcome.
PageOutcome work_on(PageWorker& worker, const PageTask& task, const PageFile& page,
                    const std::string& path, const pages::SiteFolder& folder);

}  // namespace candor::app
