#include "networks/xml_records.h"

#include <pugixml.hpp>

namespace candor::networks {
namespace {

constexpr int kMaxDepth = 16;

void add_values(Record& record, const pugi::xml_node& node, const std::string& path, int depth) {
  for (const pugi::xml_attribute& attribute : node.attributes())
    record.values.try_emplace(path + attribute.name(), attribute.value());
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    const std::string name = path + child.name();
    if (const std::string_view text = child.text().get(); !text.empty())
      record.values.try_emplace(name, text);
    if (depth < kMaxDepth) add_values(record, child, name + '.', depth + 1);
  }
}

}  // namespace

Result<RecordList, std::string> read_xml_records(std::string_view text) {
  pugi::xml_document document;
  // The text is UTF-8 by now, whatever its declaration says.
  const auto parsed =
      document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed)
    return std::unexpected("not valid XML at byte " + std::to_string(parsed.offset) + ": " +
                           parsed.description());
  RecordList list;
  for (const pugi::xml_node& child : document.document_element().children()) {
    if (child.type() != pugi::node_element) continue;
    add_values(list.records.emplace_back(), child, "", 0);
  }
  return list;
}

}  // namespace candor::networks
