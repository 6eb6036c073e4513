#include "journal/segment_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "journal/record.h"

namespace candor::journal {

std::filesystem::path segment_path(const std::filesystem::path& directory, std::uint64_t segment) {
  return directory / fmt::format("{:010}.clicks", segment);
}

std::vector<std::uint64_t> list_segments(const std::filesystem::path& directory) {
  std::vector<std::uint64_t> numbers;
  std::error_code absent;
  for (const auto& entry : std::filesystem::directory_iterator(directory, absent)) {
    const std::string name = entry.path().filename().string();
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error == std::errc() && number != 0 && name == segment_path({}, number).filename().string())
      numbers.push_back(number);
  }
  std::ranges::sort(numbers);
  return numbers;
}

bool has_begun(const std::filesystem::path& directory, std::uint64_t segment) {
  const int descriptor = ::open(segment_path(directory, segment).c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  std::array<char, kRecordHeadBytes> head{};
  const ssize_t got = ::pread(descriptor, head.data(), head.size(), 0);
  ::close(descriptor);
  return got > 0 && std::ranges::any_of(head, [](char byte) { return byte != 0; });
}

}  // namespace candor::journal
