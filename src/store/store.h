#pragma once
// Everything a site keeps, behind one door. Users take the narrow interface they need by reference.
#include "store/account_store.h"
#include "store/click_store.h"
#include "store/closed_day_store.h"
#include "store/evidence_store.h"
#include "store/history_store.h"
#include "store/job_store.h"
#include "store/link_check_store.h"
#include "store/link_store.h"
#include "store/mail_store.h"
#include "store/report_store.h"
#include "store/revenue_store.h"
#include "store/rule_store.h"
#include "store/slice_store.h"
#include "store/view_store.h"
#include "store/webhook_store.h"

namespace candor::store {

class Store : public LinkStore,
              public LinkCheckStore,
              public MailStore,
              public ClickStore,
              public ClosedDayStore,
              public EvidenceStore,
              public ReportStore,
              public RevenueStore,
              public RuleStore,
              public AccountStore,
              public JobStore,
              public HistoryStore,
              public SliceStore,
              public ViewStore,
              public WebhookStore {
 public:
  ~Store() override = default;
};

}  // namespace candor::store
