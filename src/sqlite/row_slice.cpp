// A virtual table (https://www.sqlite.org/vtab.html) that can only be read from the first row to
// the last.
#include "sqlite/row_slice.h"

#include <sqlite3.h>

#include <new>
#include <string>

namespace candor::sqlite {
namespace {

constexpr const char* kColumns =
    "CREATE TABLE slice_rows (position INTEGER, commission INTEGER, event INTEGER, is_new INTEGER, "
    "effective INTEGER, day INTEGER, account TEXT, identity TEXT, event_at_ms INTEGER, "
    "click_at_ms INTEGER, \"precision\" INTEGER, status INTEGER, currency TEXT, "
    "sale_micro INTEGER, commission_micro INTEGER, quantity INTEGER, sub_id TEXT, tag TEXT, "
    "product TEXT, merchant TEXT, referring_url TEXT, posted_at_ms INTEGER, order_id TEXT, "
    "parent TEXT)";
enum Column : int {
  kPosition,
  kCommission,
  kEvent,
  kIsNew,
  kEffective,
  kDay,
  kAccount,
  kIdentity,
  kEventAt,
  kClickAt,
  kPrecision,
  kStatus,
  kCurrency,
  kSale,
  kCommissionMicro,
  kQuantity,
  kSubId,
  kTag,
  kProduct,
  kMerchant,
  kReferringUrl,
  kPostedAt,
  kOrderId,
  kParent
};

struct SliceTable : sqlite3_vtab {
  const RowSlice* slice = nullptr;
};
struct SliceCursor : sqlite3_vtab_cursor {
  std::span<const SliceRow> rows;
  std::size_t at = 0;
};

SliceCursor& cursor_of(sqlite3_vtab_cursor* cursor) { return *static_cast<SliceCursor*>(cursor); }

int connect(sqlite3* database, void* slice, int, const char* const*, sqlite3_vtab** made, char**) {
  const int outcome = sqlite3_declare_vtab(database, kColumns);
  if (outcome != SQLITE_OK) return outcome;
  auto* table = new (std::nothrow) SliceTable;
  if (!table) return SQLITE_NOMEM;
  table->slice = static_cast<const RowSlice*>(slice);
  *made = table;
  return SQLITE_OK;
}

int disconnect(sqlite3_vtab* table) {
  delete static_cast<SliceTable*>(table);
  return SQLITE_OK;
}

/// Small, so that it is always what a join begins with.
int plan(sqlite3_vtab*, sqlite3_index_info* info) {
  info->estimatedCost = 1;
  info->estimatedRows = 1;
  return SQLITE_OK;
}

int open(sqlite3_vtab*, sqlite3_vtab_cursor** made) {
  *made = new (std::nothrow) SliceCursor;
  return *made ? SQLITE_OK : SQLITE_NOMEM;
}

int close(sqlite3_vtab_cursor* cursor) {
  delete &cursor_of(cursor);
  return SQLITE_OK;
}

int begin(sqlite3_vtab_cursor* cursor, int, const char*, int, sqlite3_value**) {
  SliceCursor& at = cursor_of(cursor);
  at.rows = static_cast<SliceTable*>(cursor->pVtab)->slice->rows();
  at.at = 0;
  return SQLITE_OK;
}

int next(sqlite3_vtab_cursor* cursor) {
  ++cursor_of(cursor).at;
  return SQLITE_OK;
}

int is_over(sqlite3_vtab_cursor* cursor) {
  return cursor_of(cursor).at >= cursor_of(cursor).rows.size() ? 1 : 0;
}

int rowid(sqlite3_vtab_cursor* cursor, sqlite3_int64* id) {
  *id = static_cast<sqlite3_int64>(cursor_of(cursor).at);
  return SQLITE_OK;
}

/// The rows stay where they are until the statement is over, so nothing is copied.
void give(sqlite3_context* to, std::string_view text) {
  sqlite3_result_text64(to, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}
void give(sqlite3_context* to, std::int64_t number) { sqlite3_result_int64(to, number); }
void give(sqlite3_context* to, std::optional<std::int64_t> number) {
  if (number) give(to, *number);
}

void give_fact(sqlite3_context* to, const CommissionRow& row, int index) {
  switch (index) {
    case kAccount:
      return give(to, row.account);
    case kIdentity:
      return give(to, row.identity);
    case kEventAt:
      return give(to, row.event_at_ms);
    case kClickAt:
      return give(to, row.click_at_ms);
    case kPrecision:
      return give(to, static_cast<std::int64_t>(row.precision));
    case kStatus:
      return give(to, static_cast<std::int64_t>(row.status));
    case kCurrency:
      return give(to, row.currency.text());
    case kSale:
      return give(to, row.sale_micro);
    case kCommissionMicro:
      return give(to, row.commission_micro);
    case kQuantity:
      return give(to, row.quantity);
    case kSubId:
      return give(to, row.sub_id);
    case kTag:
      return give(to, row.tag);
    case kProduct:
      return give(to, row.product);
    case kMerchant:
      return give(to, row.merchant);
    case kReferringUrl:
      return give(to, row.referring_url);
    case kPostedAt:
      return give(to, row.posted_at_ms);
    case kOrderId:
      return give(to, row.order_id);
    case kParent:
      return give(to, row.parent);
    default:
      return;
  }
}

int column(sqlite3_vtab_cursor* cursor, sqlite3_context* to, int index) {
  const SliceCursor& at = cursor_of(cursor);
  const SliceRow& row = at.rows[at.at];
  switch (index) {
    case kPosition:
      give(to, static_cast<std::int64_t>(at.at));
      break;
    case kCommission:
      give(to, row.commission);
      break;
    case kEvent:
      give(to, row.event);
      break;
    case kIsNew:
      give(to, std::int64_t{row.is_new});
      break;
    case kEffective:
      give(to, std::int64_t{row.effective});
      break;
    case kDay:
      give(to, std::int64_t{row.day});
      break;
    default:
      give_fact(to, *row.row, index);
  }
  return SQLITE_OK;
}

/// Without a creation it is there by its name alone.
constexpr sqlite3_module kModule = [] {
  sqlite3_module module{};
  module.xConnect = connect;
  module.xBestIndex = plan;
  module.xDisconnect = disconnect;
  module.xOpen = open;
  module.xClose = close;
  module.xFilter = begin;
  module.xNext = next;
  module.xEof = is_over;
  module.xColumn = column;
  module.xRowid = rowid;
  return module;
}();

}  // namespace

void RowSlice::attach(sqlite3* database) {
  if (sqlite3_create_module(database, "slice_rows", &kModule, this) != SQLITE_OK)
    throw SQLite::Exception(database);
}

}  // namespace candor::sqlite
