/* Refinements of long forms: photographs that are compressed and sent while one goes on typing; a form of several
   groups that is shown page by page. Without this file both are plain parts of one form. ES2019 (Chromium 83). */
(function () {
  "use strict";

  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const LONG_SIDE = 2560;
  const QUALITY = 0.85;
  const SMALL = 400 * 1024;
  const PLAIN = ["image/jpeg", "image/png"];

  /* ---- Photographs: compressed here, sent one after the other, each with its progress and another try. ---- */
  function drawn(file) {
    return new Promise((done) => {
      const picture = new Image();
      picture.onload = () => {
        const share = Math.min(1, LONG_SIDE / Math.max(picture.naturalWidth, picture.naturalHeight));
        const canvas = document.createElement("canvas");
        canvas.width = Math.round(picture.naturalWidth * share);
        canvas.height = Math.round(picture.naturalHeight * share);
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        URL.revokeObjectURL(picture.src);
        canvas.toBlob(done, "image/jpeg", QUALITY);
      };
      picture.onerror = () => done(null);
      picture.src = URL.createObjectURL(file);
    });
  }

  /* The file as it is sent: as it came where the original is wanted, where it is small, or where it cannot be drawn. */
  function smaller(file, original) {
    const plain = PLAIN.includes(file.type);
    if (file.type.slice(0, 6) !== "image/" || (plain && (original || file.size < SMALL))) return Promise.resolve(file);
    return drawn(file).then((blob) => {
      if (!blob || (plain && blob.size >= file.size)) return file;
      return new File([blob], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
    });
  }

  function send(url, token, body, progress) {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", url);
      request.setRequestHeader("X-CSRFToken", token);
      request.upload.onprogress = (event) => { if (event.lengthComputable) progress(Math.round(100 * event.loaded / event.total)); };
      request.onloadend = () => done({ status: request.status, text: request.responseText || "" });
      request.send(body);
    });
  }

  function uploader(box) {
    const form = box.closest("form");
    const waiting = box.querySelector("[data-uploads]");
    const kept = box.querySelector("[data-kept]");
    const original = box.querySelector("[data-original] input");
    let queue = Promise.resolve();

    const token = () => form.querySelector("[name=csrfmiddlewaretoken]");
    const touched = () => form.dispatchEvent(new Event("input", { bubbles: true }));

    /* After another login this page's token is stale: a fresh copy of the page has the present one. */
    function freshToken() {
      return fetch(form.getAttribute("action") || location.href, { credentials: "same-origin" }).then((answer) => answer.text()).then((html) => {
        const found = new DOMParser().parseFromString(html, "text/html").querySelector("form[data-draft] [name=csrfmiddlewaretoken]");
        if (found) token().value = found.value;
      }).catch(() => {});
    }

    function show(html) {
      const list = new DOMParser().parseFromString(html, "text/html").querySelector(".draft-files");
      if (!list) return false;
      const said = new Map(all("select, input", kept).map((control) => [control.name, control.value]));
      kept.textContent = "";
      kept.appendChild(document.adoptNode(list));
      all("select, input", kept).forEach((control) => { if (said.has(control.name)) control.value = said.get(control.name); });
      touched();
      return true;
    }

    function line(name) {
      const row = document.createElement("li");
      const bar = document.createElement("progress");
      const words = document.createElement("span");
      row.appendChild(document.createElement("b")).textContent = name;
      bar.max = 100;
      bar.value = 0;
      bar.setAttribute("aria-label", name);
      row.appendChild(bar);
      row.appendChild(words);
      words.textContent = box.dataset.waiting;
      waiting.appendChild(row);
      return { row, bar, words };
    }

    function failed(shown, words, again) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-outline-primary btn-sm";
      button.textContent = box.dataset.retry;
      shown.row.classList.add("bad");
      shown.words.textContent = words;
      shown.row.appendChild(button);
      button.addEventListener("click", () => {
        button.remove();
        shown.row.classList.remove("bad");
        queue = queue.then(freshToken).then(again);
      });
    }

    function bring(file, whole, shown) {
      if (file.size > Number(box.dataset.max) && !file.type.startsWith("image/")) {
        shown.bar.remove();
        shown.row.classList.add("bad");
        shown.words.textContent = box.dataset.large;
        return Promise.resolve();
      }
      return smaller(file, whole).then((ready) => {
        const body = new FormData();
        body.append("files", ready, ready.name);
        const secret = form.querySelector("[name=secret]");  // a form that asks it keeps nothing before the answer
        if (secret) body.append("secret", new FormData(form).get("secret") || "");
        return send(box.dataset.files, token().value, body, (share) => { shown.bar.value = share; shown.words.textContent = share + "%"; });
      }).then((answer) => {
        const again = () => bring(file, whole, shown);
        if (answer.status === 200 && show(answer.text)) shown.row.remove();
        else if (answer.status === 413 || answer.status === 422) failed(shown, answer.text, again);
        else failed(shown, answer.status === 200 || answer.status === 403 ? box.dataset.lost : box.dataset.failed, again);
      });
    }

    function act(button) {
      const body = new FormData();
      body.append(button.name, button.value);
      queue = queue.then(() => send(box.dataset.files, token().value, body, () => {})).then((answer) => { if (answer.status !== 200 || !show(answer.text)) form.submit(); });
    }

    box.classList.add("live");
    box.querySelector("[data-original]").hidden = false;
    all("input[type=file]", box).forEach((input) => input.addEventListener("change", () => {
      const whole = original.checked;
      Array.from(input.files).forEach((file) => {
        const shown = line(file.name);
        queue = queue.then(() => bring(file, whole, shown));
      });
      input.value = "";
    }));
    kept.addEventListener("click", (event) => {
      const button = event.target.closest("button[name=_up], button[name=_remove]");
      if (!button) return;
      event.preventDefault();
      act(button);
    });
  }

  /* ---- A long form page by page: forward only past what is filled in, back at will; what is wrong opens its page. ---- */
  function wizard(form) {
    const pages = all("fieldset.group", form);
    const check = form.querySelector("[data-check]");
    const foot = form.querySelector(".form-foot");
    const last = all("[data-last]", foot);
    const status = document.createElement("p");
    const [back, next] = [form.dataset.back, form.dataset.next].map((words) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words;
      return button;
    });
    let here = 0;

    form.classList.add("paged");
    status.className = "wizard-at";
    status.setAttribute("role", "status");
    form.insertBefore(status, pages[0]);
    back.className = "btn btn-outline-secondary";
    next.className = "btn btn-primary";
    foot.insertBefore(next, foot.firstChild);
    foot.insertBefore(back, next);
    pages.forEach((page) => { page.querySelector("legend").tabIndex = -1; });

    const labelled = (control) => {
      const group = control.closest("fieldset.field");
      const label = group ? group.querySelector("legend") : form.querySelector("label[for='" + control.id + "']");
      return label && label.firstChild ? label.firstChild.textContent.trim() : "";
    };
    const words = (control) => {
      if (control.tagName === "SELECT") return control.value ? control.options[control.selectedIndex].text : "";
      if (control.type === "checkbox" || control.type === "radio") {
        if (!control.checked) return "";
        return control.closest("fieldset.field") ? form.querySelector("label[for='" + control.id + "']").textContent.trim() : form.dataset.yes;
      }
      return control.value.replace("T", control.type === "datetime-local" ? " " : "T");
    };

    function summarize() {
      const list = check.querySelector("[data-summary]");
      const said = new Map();
      const told = (label, text) => { if (label && text) said.set(label, said.has(label) ? said.get(label) + "、" + text : text); };
      all(".field input, .field select, .field textarea", form).filter((control) => control.name && control.type !== "search" && control.type !== "hidden")
        .forEach((control) => told(labelled(control), words(control)));
      all("[data-told]", form).forEach((one) => told(one.dataset.told, one.textContent));
      all(".draft-file-name a", form).forEach((file) => told(form.querySelector("#files legend").textContent, file.textContent));
      list.textContent = "";
      said.forEach((text, label) => {
        list.appendChild(document.createElement("dt")).textContent = label;
        list.appendChild(document.createElement("dd")).textContent = text;
      });
    }

    function open(place, quiet) {
      here = Math.max(0, Math.min(pages.length - 1, place));
      if (pages[here] === check) summarize();
      pages.forEach((page, index) => { page.hidden = index !== here; });
      back.hidden = here === 0;
      next.hidden = here === pages.length - 1;
      last.forEach((button) => { button.hidden = here !== pages.length - 1; });
      status.textContent = form.dataset.step.replace("%n", here + 1).replace("%all", pages.length);
      if (quiet) return;
      pages[here].querySelector("legend").focus();
      window.scrollTo(0, form.getBoundingClientRect().top + window.pageYOffset - 16);
    }

    /* `decision=other:receiver,choice_reason`: what is asked only after a certain answer. */
    function reveal() {
      const answers = new FormData(form);
      form.dataset.reveal.split(" ").forEach((rule) => {
        const [condition, names] = rule.split(":");
        const [asked, answer] = condition.split("=");
        const said = answers.get(asked) === answer;
        names.split(",").forEach((name) => { form.querySelector("[name=" + name + "]").closest(".field").hidden = !said; });
      });
    }
    form.addEventListener("change", reveal);
    reveal();

    const wrong = () => all("input, select, textarea", pages[here]).find((control) => control.willValidate && !control.checkValidity());
    next.addEventListener("click", () => { const bad = wrong(); if (bad) bad.reportValidity(); else open(here + 1); });
    back.addEventListener("click", () => open(here - 1));
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target.tagName !== "INPUT" || here === pages.length - 1) return;
      event.preventDefault();
      next.click();
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest(".note a[href^='#']");
      const target = link && document.getElementById(link.getAttribute("href").slice(1));
      const page = target && pages.findIndex((each) => each.contains(target));
      if (target && page >= 0) { event.preventDefault(); open(page, true); target.focus(); }
    });
    const asked = location.hash ? document.getElementById(location.hash.slice(1)) : null;
    const first = pages.findIndex((page) => page.querySelector(".field-bad") || (asked && page.contains(asked)));
    open(first < 0 ? 0 : first, true);
  }

  all("[data-files]").forEach(uploader);
  all("form[data-wizard]").forEach(wizard);
}());
