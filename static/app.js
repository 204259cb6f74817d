/* Refinements only: every screen works without this file. ES2019 (Chromium 83), no library besides htmx.
   Words that people read come from the page (data- attributes), so that they are translated where the rest is. */
(function () {
  "use strict";

  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const clockTime = () => new Date().toTimeString().slice(0, 5);

  /* ---- Drafts: what is typed is kept on the server a moment later; when that fails, in this tab, until it can be. ---- */
  const KEEP = "csx:draft:";
  const SENT = "csx:sent";
  const here = () => location.pathname + location.search;
  const aside = (event) => Boolean(event.submitter && event.submitter.formTarget);  // a preview opens beside the form

  function fieldsOf(form) {
    const fields = {};
    new FormData(form).forEach((value, name) => {
      if (name === "csrfmiddlewaretoken" || name === "version" || name.startsWith("sealed_") || value instanceof File) return;
      (fields[name] = fields[name] || []).push(value);
    });
    return fields;
  }

  function fill(form, fields) {
    all("[data-formset]", form).forEach((box) => {
      const total = box.querySelector("[name$=-TOTAL_FORMS]");
      const add = box.querySelector("[data-add]");
      const wanted = total && fields[total.name] ? Number(fields[total.name][0]) : 0;
      while (add && Number(total.value) < wanted) add.click();
    });
    all("input, textarea, select", form).forEach((control) => {
      const values = fields[control.name];
      if (control.type === "file" || control.type === "hidden" || !control.name) return;
      if (control.type === "checkbox" || control.type === "radio") control.checked = Boolean(values) && values.includes(control.value);
      else if (control.multiple) Array.from(control.options).forEach((option) => { option.selected = Boolean(values) && values.includes(option.value); });
      else if (values) control.value = values[0];
    });
  }

  /* A form that gives birth has an address of its own as soon as its draft is kept: reloading comes back to it. */
  function settle(form) {
    const own = form.getAttribute("action");
    if (own && own !== here()) history.replaceState(null, "", own);
  }

  function keeper(form) {
    const key = () => KEEP + here();
    const status = form.querySelector("[data-draft-status]");
    let timer = 0;
    let wait = 1500;
    let dirty = false;

    const say = (name) => { if (status) status.textContent = (status.dataset[name] || "").replace("%s", clockTime()); };
    const secret = () => form.querySelector("[name=secret]") && ["", "state", null].includes(new FormData(form).get("secret"));
    const keepHere = () => { if (!secret()) sessionStorage.setItem(key(), JSON.stringify(fieldsOf(form))); };
    const later = (delay) => { clearTimeout(timer); timer = setTimeout(save, delay); };

    function saved() {
      dirty = false;
      wait = 1500;
      sessionStorage.removeItem(key());
      say("saved");
      settle(form);
    }

    /* The server keeps nothing before it is said whether it is secret. */
    function unkept() {
      dirty = false;
      say("unkept");
    }

    function failed(reason) {
      keepHere();
      say(reason);
      wait = Math.min(wait * 2, 60000);
      later(wait);
    }

    function save() {
      const body = new FormData();
      const token = form.querySelector("[name=csrfmiddlewaretoken]");
      Object.entries(fieldsOf(form)).forEach(([name, values]) => values.forEach((value) => body.append(name, value)));
      say("saving");
      fetch(form.dataset.draft, { method: "POST", body, redirect: "manual", credentials: "same-origin",
        headers: { "X-CSRFToken": token ? token.value : "", "X-Requested-With": "XMLHttpRequest" } })
        .then((answer) => { if (answer.status === 202) unkept(); else if (answer.ok) saved(); else failed(answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403 ? "lost" : "retry"); })
        .catch(() => failed("retry"));
    }

    function offerBack() {
      const kept = sessionStorage.getItem(key());
      const offer = form.querySelector("[data-draft-back]");
      if (!kept || !offer) return;
      offer.hidden = false;
      offer.querySelector("[data-yes]").addEventListener("click", () => { fill(form, JSON.parse(kept)); offer.hidden = true; later(0); });
      offer.querySelector("[data-no]").addEventListener("click", () => { sessionStorage.removeItem(key()); offer.hidden = true; });
    }

    form.addEventListener("input", () => { dirty = true; later(wait); });
    form.addEventListener("submit", (event) => {
      if (aside(event)) return;
      clearTimeout(timer);
      keepHere();
      sessionStorage.setItem(SENT, here());
    });
    document.addEventListener("visibilitychange", () => { if (dirty && document.hidden) later(0); });
    offerBack();
  }

  /* What was sent has arrived as soon as a page answers it: the next one, or the form itself with what is wrong.
     A gate (login, no permission, page too old) has not taken it, and going back is no answer. */
  function forgetSent() {
    const sent = sessionStorage.getItem(SENT);
    const arrival = performance.getEntriesByType("navigation")[0];
    const arrived = !document.body.hasAttribute("data-gate") && !(arrival && arrival.type === "back_forward");
    if (sent && arrived) sessionStorage.removeItem(KEEP + sent);
    sessionStorage.removeItem(SENT);
  }

  /* ---- One press, one step. ---- */
  function sendOnce(form) {
    form.addEventListener("submit", (event) => {
      if (aside(event)) return;
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
      all("button[type=submit]", form).forEach((button) => button.setAttribute("aria-disabled", "true"));
    });
  }
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    all("[aria-disabled=true]", form).forEach((button) => button.removeAttribute("aria-disabled"));
  }));

  /* ---- Rows of a formset: add at once instead of by a round trip. ---- */
  function growable(box) {
    const button = box.querySelector("[data-add]");
    const template = box.querySelector("template");
    const total = box.querySelector("[name$=-TOTAL_FORMS]");
    if (!button || !template || !total) return;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const index = Number(total.value);
      const holder = document.createElement("div");
      holder.innerHTML = template.innerHTML.replace(/__prefix__/g, String(index)).replace(/__number__/g, String(index + 1));
      const row = holder.firstElementChild;
      template.parentNode.insertBefore(row, template);
      total.value = String(index + 1);
      refine(row);
      if (window.htmx) window.htmx.process(row);
      const first = row.querySelector(".formset-fields input, .formset-fields select, .formset-fields textarea");
      if (first) first.focus();
    });
  }

  /* ---- A long list of choices gets a box that narrows it. ---- */
  const MANY = 12;
  function narrowable(select) {
    const words = select.dataset.narrow || document.body.dataset.narrow;
    if (select.multiple || (!select.dataset.narrow && select.options.length <= MANY) || !words) return;
    const box = document.createElement("input");
    const options = Array.from(select.options).map((option) => ({ option, text: (option.text + " " + (option.dataset.pinyin || "")).toLowerCase() }));
    box.type = "search";
    box.className = "form-control mb-1";
    box.placeholder = words;
    box.setAttribute("aria-label", words);
    box.setAttribute("autocomplete", "off");
    const fold = () => select.removeAttribute("size");
    let hits = [];
    function choose(option) {
      if (option.value !== select.value) {
        select.value = option.value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
        select.dispatchEvent(new Event("input", { bubbles: true }));
      }
      fold();
    }
    box.addEventListener("input", () => {
      const typed = box.value.trim().toLowerCase().split(/\s+/);
      const fits = ({ option, text }) => !option.value || typed.every((word) => text.includes(word));
      const fit = options.filter((each) => each.option.value === select.value || fits(each));
      hits = fit.filter((each) => each.option.value && fits(each));
      const chosen = select.value;  // a list that loses its chosen row chooses the next by itself
      while (select.firstChild) select.removeChild(select.firstChild);
      fit.forEach(({ option }) => { option.selected = false; select.appendChild(option); });
      select.value = chosen;
      if (!box.value.trim()) fold();
      else if (hits.length === 1) choose(hits[0].option);
      else select.size = Math.max(2, Math.min(7, fit.length));  // the hits lie open below what is typed
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); event.stopPropagation(); if (box.value.trim() && hits[0]) choose(hits[0].option); }
      if (event.key === "ArrowDown") { event.preventDefault(); select.focus(); }
    });
    select.addEventListener("change", fold);
    select.parentNode.insertBefore(box, select);
  }

  /* ---- Chosen files are named at once, with their size; one that is too large is said before it is sent. ---- */
  function filePicker(input) {
    if (input.closest("[data-files]")) return;
    const list = document.createElement("ul");
    const most = Number(input.dataset.maxBytes || 0);
    list.className = "picked";
    list.setAttribute("aria-live", "polite");
    input.parentNode.insertBefore(list, input.nextSibling);
    input.addEventListener("change", () => {
      list.textContent = "";
      Array.from(input.files).forEach((file) => {
        const row = document.createElement("li");
        const large = most && file.size > most;
        row.textContent = file.name + "（" + (file.size / 1048576).toFixed(1) + " MB）" + (large ? " " + (input.dataset.tooLarge || "") : "");
        row.className = large ? "bad" : "";
        list.appendChild(row);
      });
    });
  }

  /* ---- Rows of a list: all of a page at one tick; nothing is sent while none is ticked. ---- */
  function ticks(form) {
    const boxes = all("[name=m]", form);
    const whole = form.querySelector("[data-all]");
    const buttons = all("button", form.querySelector(".ticked"));
    const count = () => buttons.forEach((button) => { button.disabled = !boxes.some((box) => box.checked); });
    whole.hidden = false;
    whole.querySelector("input").addEventListener("change", (event) => { boxes.forEach((box) => { box.checked = event.target.checked; }); });
    form.addEventListener("change", count);
    count();
  }

  /* ---- Menus close when one turns elsewhere; printing opens what is folded. ---- */
  function closeMenus(except) {
    all("details.menu[open]").forEach((menu) => { if (menu !== except) menu.open = false; });
  }
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.activeElement && document.activeElement.closest("details.menu[open]");
    closeMenus();
    if (menu) menu.querySelector("summary").focus();
  });
  window.addEventListener("beforeprint", () => all("details.explain").forEach((details) => { details.open = true; }));

  const REFINEMENTS = { "form[data-draft]": keeper, "form[data-once]": sendOnce, "[data-formset]": growable, "form[data-ticks]": ticks,
    "form[method=post] select": narrowable, "input[type=file]": filePicker };

  function refine(root) {
    Object.entries(REFINEMENTS).forEach(([selector, refinement]) => {
      all(selector, root).concat(root.matches && root.matches(selector) ? [root] : []).forEach((element) => {
        if (element.dataset.refined) return;
        element.dataset.refined = "yes";
        refinement(element);
      });
    });
  }

  forgetSent();
  refine(document);
  document.addEventListener("htmx:load", (event) => refine(event.detail.elt));
  all("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
  const wrong = document.getElementById("wrong");
  if (wrong) wrong.focus();
}());
