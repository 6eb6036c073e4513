// Whose sub-id or tag it is: the configuration's rules and the owner's, and what changes of them
// leave to be looked at again.
#include <algorithm>
#include <iterator>
#include <tuple>

#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

store::LabelRule read_rule(Row& row) {
  store::LabelRule rule;
  rule.network = row.text();
  rule.kind = row.text();
  rule.text = row.text();
  rule.article = row.id<ArticleId>();
  return rule;
}

store::OwnerRule read_owner_rule(Row& row) {
  store::OwnerRule rule;
  rule.id = row.integer();
  rule.rule = read_rule(row);
  rule.page_tag = row.integer() != 0;
  rule.added_at_ms = row.integer();
  return rule;
}

/// In the order of list_config_rules.
bool goes_before(const store::LabelRule& a, const store::LabelRule& b) {
  return std::tie(a.kind, a.text, a.network, a.article) <
         std::tie(b.kind, b.text, b.network, b.article);
}

std::vector<store::LabelRule> read_config_rules(Connection& connection) {
  Query query(connection, sql::label_rules::list_config_rules);
  return read_all(query, read_rule);
}

void note_change(Connection& connection, const store::LabelRule& rule) {
  Query(connection, sql::owner_rules::insert_changed_label)
      .set_view(":kind", rule.kind)
      .set_view(":text", rule.text)
      .run();
}

}  // namespace

void SiteStore::set_label_rules(const std::vector<store::LabelRule>& rules) {
  database_.write([&](Writer& writer) {
    const auto before = read_config_rules(writer.connection);
    Query(writer.connection, sql::label_rules::delete_rules).run();
    for (const store::LabelRule& rule : rules)
      Query(writer.connection, sql::label_rules::insert_rule)
          .set_view(":network", rule.network)
          .set_view(":kind", rule.kind)
          .set_view(":text", rule.text)
          .set(":article", rule.article)
          .run();
    std::vector<store::LabelRule> changed;
    std::ranges::set_symmetric_difference(before, read_config_rules(writer.connection),
                                          std::back_inserter(changed), goes_before);
    for (const store::LabelRule& rule : changed) note_change(writer.connection, rule);
  });
}

std::vector<store::LabelRule> SiteStore::list_label_rules() const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::label_rules::list_rules);
    return read_all(query, read_rule);
  });
}

std::optional<std::int64_t> SiteStore::add_owner_rule(const store::OwnerRule& rule) {
  return database_.write([&](Writer& writer) -> std::optional<std::int64_t> {
    const int added = Query(writer.connection, sql::owner_rules::insert_rule)
                          .set_view(":network", rule.rule.network)
                          .set_view(":kind", rule.rule.kind)
                          .set_view(":text", rule.rule.text)
                          .set(":article", rule.rule.article)
                          .set(":page_tag", std::int64_t{rule.page_tag})
                          .set(":added_at_ms", rule.added_at_ms)
                          .run();
    if (added == 0) return std::nullopt;
    const std::int64_t id = writer.connection.database().getLastInsertRowid();
    note_change(writer.connection, rule.rule);
    // Pages carry page tags: what was made of them before is out of date.
    if (rule.page_tag) Query(writer.connection, sql::links::raise_epoch).run();
    return id;
  });
}

bool SiteStore::remove_owner_rule(std::int64_t id) {
  return database_.write([&](Writer& writer) {
    std::optional<store::OwnerRule> rule;
    {
      Query query(writer.connection, sql::owner_rules::find_rule);
      query.set(":id", id);
      rule = read_first(query, read_owner_rule);
    }
    if (!rule) return false;
    Query(writer.connection, sql::owner_rules::delete_rule).set(":id", id).run();
    note_change(writer.connection, rule->rule);
    if (rule->page_tag) Query(writer.connection, sql::links::raise_epoch).run();
    return true;
  });
}

std::vector<store::OwnerRule> SiteStore::list_owner_rules() const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::owner_rules::list_rules);
    return read_all(query, read_owner_rule);
  });
}

std::optional<std::string> SiteStore::find_page_tag(std::string_view path) const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::owner_rules::find_page_tag);
    query.set(":path", path);
    return read_first(query, [](Row& row) { return row.text(); });
  });
}

std::int64_t SiteStore::last_rule_change() const {
  return database_.read([](Connection& connection) {
    Query query(connection, sql::owner_rules::find_last_change);
    query.next();
    return Row(query).integer();
  });
}

void SiteStore::settle_rule_changes(std::int64_t last) {
  database_.write([&](Writer& writer) {
    Query(writer.connection, sql::owner_rules::delete_changed_labels).set(":last", last).run();
  });
}

}  // namespace candor::sqlite
