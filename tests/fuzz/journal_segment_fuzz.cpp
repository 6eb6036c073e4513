// Any bytes can be read as a segment: each read goes forward, and reading in small steps gives what
// reading at once gives.
#include <algorithm>
#include <string>

#include "fuzz/fuzz_target.h"
#include "fuzz/one_file_folder.h"
#include "journal/journal.h"
#include "journal/record.h"

namespace candor::fuzz {
namespace {

/// Lays the input out as records whose checksums hold, since no fuzzer guesses those: of each, a
/// type, two bytes of length, the payload.
std::string sealed(std::string_view bytes) {
  std::string segment;
  journal::append_record(segment, journal::RecordType::Segment,
                         journal::encode_segment(4 * journal::kBlockBytes), 1, 0);
  while (bytes.size() >= 3) {
    const auto type = static_cast<journal::RecordType>(bytes[0]);
    const std::size_t asked = static_cast<unsigned char>(bytes[1]) * std::size_t{256} +
                              static_cast<unsigned char>(bytes[2]);
    bytes.remove_prefix(3);
    const std::size_t left = journal::kBlockBytes - segment.size() % journal::kBlockBytes;
    if (left < journal::kRecordHeadBytes) {
      segment.append(left, '\0');
      continue;
    }
    const std::size_t size = std::min({asked, bytes.size(), left - journal::kRecordHeadBytes});
    journal::append_record(segment, type, bytes.substr(0, size), 1, segment.size());
    bytes.remove_prefix(size);
  }
  return segment.append(bytes);
}

journal::Batch read_all(const std::filesystem::path& folder, std::size_t limit) {
  journal::Reader reader(folder);
  journal::Batch all;
  while (true) {
    journal::Batch batch = reader.read(all.next, limit);
    must_hold(batch.next >= all.next, "reading never goes back");
    must_hold(batch.clicks.size() <= limit, "no more clicks than asked for");
    std::ranges::move(batch.clicks, std::back_inserter(all.clicks));
    std::ranges::move(batch.damage, std::back_inserter(all.damage));
    if (batch.clicks.empty() && batch.next == all.next) return all;
    must_hold(batch.next > all.next, "what was read is behind us");
    all.next = batch.next;
  }
}

}  // namespace

void try_input(std::string_view bytes) {
  static const OneFileFolder folder("0000000001.clicks");
  const bool as_it_stands = !bytes.empty() && bytes.front() == 'R';
  const std::string segment = as_it_stands ? std::string(bytes.substr(1)) : sealed(bytes);
  folder.write(segment);
  const journal::Batch once = read_all(folder.path(), 1000);
  const journal::Batch in_steps = read_all(folder.path(), 1);
  must_hold(once.clicks == in_steps.clicks && once.next == in_steps.next, "steps change nothing");
  must_hold(once.next.offset <= segment.size(), "reading ends in the file");
  for (const journal::Damage& each : once.damage)
    must_hold(!each.reason.empty() && each.offset + each.bytes <= segment.size(),
              "damage has a place and a reason");
}

}  // namespace candor::fuzz
