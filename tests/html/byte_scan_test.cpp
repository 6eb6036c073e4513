#include "html/byte_scan.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>

#include "html/element_table.h"

namespace candor::html {
namespace {

/// Mostly bytes that end nothing, so that runs are longer than a vector.
std::string bytes_with_marks() {
  const auto byte = rc::gen::weightedOneOf<char>(
      {{40, rc::gen::element('a', 'Z', '-', '\x80', '\xFF')},
       {1, rc::gen::element(' ', '\n', '\t', '\f', '\r', '/', '>', '=', '"', '\0', '\x1F', '<')}});
  return *rc::gen::resize(300, rc::gen::container<std::string>(byte));
}

TEST(ByteScan, FindsWhatALoopFinds) {
  EXPECT_TRUE(rc::check("byte", [] {
    const std::string bytes = bytes_with_marks();
    for (std::size_t at = 0; at <= bytes.size(); at += 1 + at / 3) {
      const std::size_t hit = bytes.find('<', at);
      RC_ASSERT(byte_scan::find(bytes, '<', at) == std::min(hit, bytes.size()));
    }
  }));
}

TEST(ByteScan, NamesEndWhereTheTableSays) {
  EXPECT_TRUE(rc::check("name", [] {
    const std::string bytes = bytes_with_marks();
    for (std::size_t at = 0; at <= bytes.size(); at += 1 + at / 3)
      for (const std::uint8_t ends : {byte_class::kEndsName, byte_class::kEndsAttributeName})
        RC_ASSERT(byte_scan::find_name_end(bytes, at, ends) == byte_class::find(bytes, at, ends));
  }));
}

TEST(ElementTable, NamesAreFoundAlikeByLoopAndByLoad) {
  for (const element_table::Row& row : element_table::kRows) {
    if (row.name.empty()) continue;
    std::string name(row.name);
    for (const std::string& written : {name, name + "x", name.substr(1), "H" + name.substr(1),
                                       name.substr(0, name.size() - 1) + '\x11'}) {
      const std::string padded = written + " href=\"x\" more";
      EXPECT_EQ(find_tag_in_page(padded.data(), written.size()), find_tag(written)) << written;
    }
    EXPECT_NE(find_tag(name), Tag::Other) << name;
  }
  EXPECT_EQ(find_tag("H1"), Tag::H1);
  EXPECT_EQ(find_tag("h\x11"), Tag::Other);
  EXPECT_EQ(find_tag("h7"), Tag::Other);
}

}  // namespace
}  // namespace candor::html
