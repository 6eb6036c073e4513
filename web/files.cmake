# The dashboard's files, for the module that holds them in the binary. Names are relative to web/
# and are the paths they are served at. web/test/files.test.mjs keeps the list whole.
set(CANDOR_WEB_FILES
  index.html
  app.js
  css/base.css
  css/layout.css
  css/parts.css
  css/print.css
  lib/api.js
  lib/dom.js
  lib/format.js
  lib/keys.js
  lib/money.js
  lib/ranges.js
  lib/resource.js
  lib/state.js
  lib/table.js
  parts/basics.js
  parts/clicks_table.js
  parts/data_table.js
  parts/days_chart.js
  parts/link_dialog.js
  parts/range_picker.js
  parts/shell.js
  views/article.js
  views/articles.js
  views/clicks.js
  views/imports.js
  views/jobs.js
  views/links.js
  views/login.js
  views/overview.js
  views/settings.js
)

# What `node web/vendor.mjs OUTDIR` writes into OUTDIR; served below /vendor/.
set(CANDOR_WEB_VENDOR_FILES
  preact.js
  hooks.js
  htm.js
  uplot.js
  uplot.css
  VENDOR.json
)
