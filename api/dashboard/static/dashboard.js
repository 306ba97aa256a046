// Everything here is an extra: without it filters are a form, the chart has its table, and the theme is the system's.

const root = document.documentElement;

// ---- theme ---------------------------------------------------------------------------------------------------

function darkNow() {
  return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function setUpTheme() {
  const toggle = document.querySelector("[data-theme-toggle]");
  const label = toggle.querySelector("[data-theme-label]");
  const name = () => { label.textContent = darkNow() ? toggle.dataset.light : toggle.dataset.dark; };
  toggle.hidden = false;
  name();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", name);
  toggle.addEventListener("click", () => {
    root.dataset.theme = darkNow() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* not remembered then */ }
    name();
  });
}

// ---- chart: a tooltip that reads the row of the table, by pointer and by arrow keys ------------------------------

function rowOf(hit) {
  return document.getElementById(hit.dataset.row);
}

function fillTip(tip, row) {
  const heads = [...row.closest("table").querySelectorAll("thead th")].map((head) => head.textContent);
  const list = document.createElement("dl");
  let column = 1;
  for (const cell of row.querySelectorAll("td")) {
    const term = document.createElement("dt");
    const value = document.createElement("dd");
    term.textContent = heads[column];
    value.textContent = cell.textContent.trim();
    list.append(term, value);
    column += cell.colSpan;
  }
  const title = document.createElement("p");
  title.textContent = row.querySelector("th").textContent;
  tip.replaceChildren(title, list);
}

function placeTip(tip, figure, hit) {
  const frame = figure.getBoundingClientRect();
  const box = hit.getBoundingClientRect();
  tip.hidden = false;
  const room = frame.width - tip.offsetWidth;
  const beside = box.right - frame.left + 10;
  const left = beside <= room ? beside : box.left - frame.left - tip.offsetWidth - 10;
  tip.style.left = `${Math.max(0, Math.min(left, room))}px`;
  tip.style.top = `${Math.max(0, box.top - frame.top + 8)}px`;
}

function setUpChart(chart, figure, tip) {
  const hits = [...chart.querySelectorAll(".hit")];
  const cursor = chart.querySelector(".cursor");
  let current = -1;
  const hide = () => {
    tip.hidden = true;
    cursor.setAttribute("visibility", "hidden");
    current = -1;
  };
  const show = (index) => {
    const row = rowOf(hits[index]);
    if (!row || index === current) return;
    current = index;
    const middle = Number(hits[index].getAttribute("x")) + Number(hits[index].getAttribute("width")) / 2;
    for (const end of ["x1", "x2"]) cursor.setAttribute(end, middle);
    cursor.setAttribute("visibility", "visible");
    fillTip(tip, row);
    placeTip(tip, figure, hits[index]);
  };
  chart.addEventListener("pointermove", (event) => {
    const index = hits.indexOf(event.target);
    if (index >= 0) show(index); else hide();
  });
  chart.addEventListener("pointerdown", (event) => {
    const index = hits.indexOf(event.target);
    if (index >= 0) show(index);
  });
  chart.addEventListener("pointerleave", hide);
  chart.addEventListener("blur", hide);
  chart.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: -1, ArrowRight: 1 };
    if (event.key === "Escape") hide();
    if (!(event.key in steps) || !hits.length) return;
    event.preventDefault();
    const from = current < 0 && event.key === "ArrowLeft" ? hits.length : current;
    show(Math.max(0, Math.min(hits.length - 1, from + steps[event.key])));
  });
}

function setUpCharts() {
  for (const figure of document.querySelectorAll("[data-figure]")) {
    const tip = figure.querySelector("[data-tip]");
    for (const chart of figure.querySelectorAll("[data-chart]")) setUpChart(chart, figure, tip);
  }
}

// ---- filters: the view changes in place, the address with it ----------------------------------------------------

function formAddress(form) {
  const companies = [...form.elements].filter((box) => box.name === "company");
  const asUsual = companies.every((box) => box.checked === ("default" in box.dataset));
  const pairs = [...new FormData(form)].filter(([name, value]) => value !== "" && !(asUsual && name === "company"));
  const query = new URLSearchParams(pairs).toString();
  return query ? `${form.action}?${query}` : form.action;
}

let asked = 0;

async function showView(address, push) {
  const turn = ++asked;
  const view = document.querySelector("[data-view]");
  view.setAttribute("aria-busy", "true");
  const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
  const next = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-view]");
  if (turn !== asked) return;
  if (!next) { location.assign(address); return; }
  const open = [...view.querySelectorAll("details[open][id]")].map((part) => part.id);
  const focus = document.activeElement?.id;
  view.replaceWith(next);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
  if (push) history.pushState(null, "", address);
  followLanguages();
  setUpCharts();
}

function followLanguages() {
  for (const link of document.querySelectorAll(".languages a")) {
    const here = new URL(location.href);
    here.searchParams.set("hl", link.hreflang);
    link.href = here.search;
  }
}

function isViewLink(link) {
  return link?.closest("[data-view]") && link.origin === location.origin && link.pathname === location.pathname && link.search
    && !link.hash && link.rel !== "next";
}

function setUpFilters() {
  if (!document.querySelector("[data-view]")) return;
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-filters]") && event.target.type !== "search") showView(formAddress(form), true);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-filters]")) return;
    event.preventDefault();
    showView(formAddress(event.target), true);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!isViewLink(link) || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    showView(link.href, true);
  });
  addEventListener("popstate", () => showView(location.href, false));
}

// ---- pickers close when the reader turns to something else -------------------------------------------------------

function setUpPickers() {
  const close = (except) => {
    for (const picker of document.querySelectorAll("details.picker[open]")) if (picker !== except) picker.open = false;
  };
  document.addEventListener("click", (event) => close(event.target.closest("details.picker")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const picker = document.activeElement?.closest("details.picker[open]");
    close();
    picker?.querySelector("summary").focus();
  });
}

// ---- copying: a button that only shows where the browser can copy --------------------------------------------------

function setUpCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = button.dataset.done;
    });
  }
}

setUpTheme();
setUpCharts();
setUpCopying();
setUpFilters();
setUpPickers();
