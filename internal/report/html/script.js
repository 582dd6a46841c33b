// The page can be read without this script. It adds the filter, the keys and
// the choice of a theme.
(() => {
	"use strict";
	const root = document.documentElement;
	root.classList.add("script");
	for (const hidden of document.querySelectorAll(".tools, #filter, .facet input, .keys")) {
		hidden.hidden = false;
	}

	// In a narrow window, what stands beside the findings is folded above them.
	const side = document.getElementById("side");
	const narrow = matchMedia("(max-width: 60rem)");
	const fit = () => { if (side) side.open = !narrow.matches; };
	narrow.addEventListener("change", fit);
	fit();

	// The theme is the system's until another one is chosen. What a browser
	// can't store, as where pages have no origin, it forgets.
	const button = document.getElementById("theme");
	const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
	const label = () => { button.textContent = dark() ? "Light" : "Dark"; };
	try {
		const stored = localStorage.getItem("asynccheck-theme");
		if (stored) root.dataset.theme = stored;
	} catch {}
	button.addEventListener("click", () => {
		root.dataset.theme = dark() ? "light" : "dark";
		try { localStorage.setItem("asynccheck-theme", root.dataset.theme); } catch {}
		label();
	});
	matchMedia("(prefers-color-scheme: dark)").addEventListener("change", label);
	label();

	const form = document.getElementById("filter");
	const text = document.getElementById("text");
	const findings = [...document.querySelectorAll(".finding")];
	const boxes = [...document.querySelectorAll(".facet input")];
	if (findings.length === 0) return;

	// On a page of many findings, what stands under a finding is text without elements until somebody unfolds it and
	// can see it.
	function complete(finding) {
		const rest = finding.querySelector("noscript");
		if (!rest) return;
		rest.insertAdjacentHTML("beforebegin", rest.textContent);
		rest.remove();
	}
	const sight = new IntersectionObserver(entries => {
		for (const e of entries) {
			if (!e.isIntersecting) continue;
			complete(e.target);
			sight.unobserve(e.target);
		}
	}, { rootMargin: "100%" });
	document.addEventListener("toggle", e => {
		if (!e.target.matches(".finding")) return;
		if (e.target.open) sight.observe(e.target);
		else sight.unobserve(e.target);
	}, true);

	// The words of a finding, in lower case, are those that the page shows if it is complete.
	const known = new Map();
	const characters = { amp: "&", lt: "<", gt: ">" };
	const plain = html => html.replace(/<[^>]*>/g, "").replace(/&(?:#(\d+)|(\w+));/g, (all, code, name) =>
		code ? String.fromCodePoint(code) : characters[name] ?? all);
	function words(finding) {
		let found = known.get(finding);
		if (found === undefined) {
			const rest = finding.querySelector("noscript");
			const shown = rest ? finding.querySelector("summary").textContent + plain(rest.textContent) : finding.textContent;
			found = shown.toLowerCase();
			known.set(finding, found);
		}
		return found;
	}
	// They are looked up before they are asked for, some at a time.
	let next = 0;
	function lookUp() {
		const end = performance.now() + 10;
		while (next < findings.length && performance.now() < end) words(findings[next++]);
		if (next < findings.length) setTimeout(lookUp);
	}
	setTimeout(lookUp);

	// A finding is shown if it has all words, and its rule, its contract and its
	// package are among those chosen, or none is.
	const chosen = facet => new Set(boxes.filter(b => b.checked && b.closest(".facet").id === facet).map(b => b.value));
	function filter() {
		const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
		const rules = chosen("rules"), contracts = chosen("contracts"), packages = chosen("packages");
		const left = new Set();
		let shown = 0;
		for (const f of findings) {
			const show = (rules.size === 0 || rules.has(f.dataset.rule)) &&
				(contracts.size === 0 || contracts.has(f.dataset.contract)) &&
				(packages.size === 0 || packages.has(f.dataset.package)) &&
				wanted.every(w => words(f).includes(w));
			if (f.hidden === show) f.hidden = !show;
			if (show) left.add(f.parentElement);
			shown += show;
		}
		for (const p of document.querySelectorAll(".package")) p.hidden = !left.has(p);
		document.getElementById("nothing").hidden = shown > 0;
		document.getElementById("shown").textContent = `${shown} of ${findings.length} shown`;
	}
	function showAll() {
		text.value = "";
		for (const b of boxes) b.checked = false;
		filter();
	}
	text.addEventListener("input", filter);
	for (const b of boxes) b.addEventListener("change", filter);
	form.addEventListener("submit", e => e.preventDefault());
	form.addEventListener("reset", e => { e.preventDefault(); showAll(); });
	filter();

	const fold = open => () => { for (const f of findings) f.open = open; };
	document.getElementById("unfold").addEventListener("click", fold(true));
	document.getElementById("fold").addEventListener("click", fold(false));

	// A link to a finding, to a step in it, or to a rule's page unfolds it.
	function unfold() {
		const id = decodeURIComponent(location.hash.slice(1));
		const manual = document.getElementById(id)?.closest(".manual");
		if (manual) {
			manual.open = true;
			manual.querySelector("summary").focus();
			return;
		}
		const finding = document.getElementById(id.replace(/-\d+$/, ""))?.closest(".finding");
		if (!finding) return;
		if (finding.hidden) showAll();
		finding.open = true;
		complete(finding);
		const target = document.getElementById(id) || finding;
		target.scrollIntoView({ block: target === finding ? "start" : "center" });
	}
	addEventListener("hashchange", unfold);
	addEventListener("click", e => { // of a link that was followed before
		if (e.target.closest("a")?.hash && e.target.closest("a").hash === location.hash) unfold();
	});
	unfold();

	addEventListener("keydown", e => {
		if (e.ctrlKey || e.metaKey || e.altKey) return;
		if (e.key === "Escape") {
			showAll();
			return;
		}
		if (e.target.matches("input[type=search]")) return;
		if (e.key === "/") {
			e.preventDefault();
			side.open = true;
			text.focus();
		} else if (e.key === "j" || e.key === "k") {
			const shown = findings.filter(f => !f.hidden);
			const at = shown.indexOf(document.activeElement.closest(".finding"));
			const next = e.key === "j" ? at + 1 : at < 0 ? shown.length - 1 : at - 1;
			if (shown[next]) shown[next].querySelector("summary").focus();
		}
	});
})();
