#include "app/page_batch.h"

#include <exception>
#include <nlohmann/json.hpp>

#include "pages/page_processor.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;

PageResult inject_and_write(PageWorker& worker, const PageTask& task, const PageFile& page,
                            const PageSource& source) {
  PageResult result = worker.inject(source);
  if (page.leads_out && task.out.empty() && result.page != source.bytes) {
    result.page = source.bytes;
    result.outcome = "passed-through";
    result.why_passed_through = "it is a link to a file outside of the folder";
  }
  if (!task.write) return result;
  if (!task.out.empty())
    replace_file(task.out / page.relative, result.page);
  else if (result.page != source.bytes)
    replace_file(page.file, result.page);
  return result;
}

}  // namespace

PageOutcome work_on(PageWorker& worker, const PageTask& task, const PageFile& page,
                    const std::string& path, const pages::SiteFolder& folder) {
  PageOutcome outcome;
  try {
    const std::string bytes = read_page(page.file);
    const std::string seen_from = path.empty() ? pages::path_of_file(page.relative) : path;
    const PageSource source{bytes, path, [&](std::string_view address) {
                              return folder.read(address, seen_from, bytes);
                            }};
    const std::string name = page.file.string();
    if (task.kind != PageTask::Kind::Audit) {
      PageResult result = inject_and_write(worker, task, page, source);
      if (task.diff)
        outcome.diff = unified_diff(bytes, result.page, page.file.relative_path().generic_string(),
                                    task.colour);
      result.page.clear();
      outcome.result = std::move(result);
    }
    if (task.kind != PageTask::Kind::Inject) outcome.result = worker.audit(source);
    outcome.result->file = name;
  } catch (const std::exception& error) {
    outcome.result.reset();
    outcome.error = error.what();
  }
  return outcome;
}

}  // namespace candor::app
