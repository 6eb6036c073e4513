// Any bytes are an archive within its bounds, or an error; a workbook's sheets are lines of text.
#include "networks/archive.h"

#include "fuzz/fuzz_target.h"
#include "networks/report_file.h"
#include "networks/workbook.h"

namespace candor::fuzz {

void try_input(std::string_view bytes) {
  // Numbers of sheets pass through here as well.
  const std::string tidy = networks::tidy_number(bytes.substr(0, 400));
  must_hold(networks::tidy_number(tidy) == tidy, "a tidy number stays as it is");
  (void)networks::read_report(bytes, {});
  const auto files = networks::unpack_zip(bytes);
  if (!files) {
    must_hold(!files.error().empty(), "an error says what is wrong");
    return;
  }
  std::size_t total = 0;
  for (const networks::ArchiveFile& file : *files) total += file.bytes.size();
  must_hold(total <= networks::kMaxUnpackedBytes, "no more is unpacked than the limit");
  if (const auto sheets = networks::read_workbook(*files))
    for (const networks::Sheet& sheet : *sheets)
      must_hold(sheet.text.empty() || sheet.text.ends_with('\n'), "rows are lines");
}

}  // namespace candor::fuzz
