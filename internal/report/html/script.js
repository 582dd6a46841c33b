// The page can be read without this script. It adds the filter, the keys and
// the choice of a theme.
(() => {
	"use strict";
	const root = document.documentElement;
	const form = document.getElementById("filter");
	const text = document.getElementById("text");
	const findings = [...document.querySelectorAll(".finding")];
	const boxes = [...document.querySelectorAll(".facet input")];

	for (const hidden of document.querySelectorAll(".tools, #filter, .facet input, .keys")) {
		hidden.hidden = false;
	}

	// A finding is shown if it has all words, and its rule, its contract and its
	// package are among those chosen, or none is.
	const words = new Map(findings.map(f => [f, f.textContent.toLowerCase()]));
	const chosen = facet => new Set(boxes.filter(b => b.checked && b.closest(".facet").id === facet).map(b => b.value));
	function filter() {
		const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
		const rules = chosen("rules"), contracts = chosen("contracts"), packages = chosen("packages");
		let shown = 0;
		for (const f of findings) {
			const show = wanted.every(w => words.get(f).includes(w)) &&
				(rules.size === 0 || rules.has(f.dataset.rule)) &&
				(contracts.size === 0 || contracts.has(f.dataset.contract)) &&
				(packages.size === 0 || packages.has(f.dataset.package));
			f.hidden = !show;
			shown += show;
		}
		for (const p of document.querySelectorAll(".package")) {
			p.hidden = !p.querySelector(".finding:not([hidden])");
		}
		document.getElementById("nothing").hidden = shown > 0 || findings.length === 0;
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

	// A link to a finding, or to a step in it, unfolds it.
	function unfold() {
		const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
		const finding = target && target.closest(".finding");
		if (!finding) return;
		if (finding.hidden) showAll();
		finding.open = true;
		target.scrollIntoView({ block: target === finding ? "start" : "center" });
	}
	addEventListener("hashchange", unfold);
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
			text.focus();
		} else if (e.key === "j" || e.key === "k") {
			const shown = findings.filter(f => !f.hidden);
			const at = shown.findIndex(f => f.contains(document.activeElement));
			const next = e.key === "j" ? at + 1 : at < 0 ? shown.length - 1 : at - 1;
			if (shown[next]) shown[next].querySelector("summary").focus();
		}
	});

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
})();
