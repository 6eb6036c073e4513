#pragma once
// A sendmail of the test's own: keeps each mail in a file named by its Message-ID, unless a file
// "refuse" lies beside.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace candor {

class SendmailScript {
 public:
  explicit SendmailScript(const std::filesystem::path& folder) : folder_(folder) {
    std::filesystem::create_directories(folder / "sent");
    std::ofstream(program()) << R"(#!/bin/sh
here=$(dirname "$0")
mail=$(cat)
[ -e "$here/refuse" ] && exit 75
id=$(printf '%s\n' "$mail" | sed -n 's/^Message-ID: <\(.*\)>/\1/p')
printf '%s\n' "$mail" > "$here/sent/$id"
echo "$id" >> "$here/log"
)";
    std::filesystem::permissions(program(), std::filesystem::perms::owner_all);
  }

  std::filesystem::path program() const { return folder_ / "sendmail"; }
  void refuse(bool yes) const {
    if (yes)
      std::ofstream(folder_ / "refuse");
    else
      std::filesystem::remove(folder_ / "refuse");
  }
  /// Message-IDs in order of delivery.
  std::vector<std::string> log() const {
    std::ifstream in(folder_ / "log");
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
  }
  std::string mail(const std::string& id) const {
    std::ifstream in(folder_ / "sent" / id, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace candor
