// Draws the pictures from the numbers that the page brings, and puts their tables away beneath them.
// Where anything fails, the tables stay open as they came.
(() => {
  const root = document.getElementById("pictures");
  const read = JSON.parse(document.getElementById("frame").textContent);
  const charts = new Map();
  const NAMES = Object.keys(read.pictures);
  const figure = (name) => document.getElementById(name);
  overview.shown = { frame: read, states: read.states };

  overview.addressOf = (code) => `${root.dataset.states}${code}/${overview.shown.frame.query}`;

  function data(name) {
    const { rows, labels, columns, drawn } = overview.shown.frame.pictures[name];
    const fills = overview.fills(name);
    const line = { borderWidth: 2, borderColor: overview.colour("purple"), pointRadius: 3 };
    const bar = { borderWidth: 1, borderColor: overview.colour("edge") };
    return {
      labels: overview.labelsOf?.(name) ?? labels,
      datasets: columns.slice(0, drawn).map((label, column) => ({
        label,
        data: rows.map((row) => row[column + 1]),
        backgroundColor: fills[column],
        ...(name === "waiting" ? line : bar),
      })),
    };
  }

  function options(name) {
    const ink = overview.colour("ink");
    const rtl = document.documentElement.dir === "rtl";
    const ticks = { color: ink };
    return {
      animation: false,
      devicePixelRatio: overview.sharpness(),
      maintainAspectRatio: false,
      locale: document.documentElement.lang,
      interaction: { mode: "index", intersect: false },
      plugins: overview.plugins(name !== "waiting"),
      scales: {
        x: {
          stacked: true,
          reverse: rtl,
          ticks,
          grid: { display: false },
          border: { color: ink },
          afterFit: overview.roomForLabels,
        },
        y: {
          stacked: true,
          beginAtZero: true,
          suggestedMax: overview.mostOf?.(name) ?? 4,
          position: rtl ? "right" : "left",
          ticks: { ...ticks, precision: 0 },
          grid: { color: overview.colour("grid") },
          border: { display: false },
        },
      },
    };
  }

  function draw(name) {
    const canvas = figure(name).querySelector("canvas");
    canvas.parentElement.hidden = false;
    charts.get(name)?.destroy();
    const type = name === "waiting" ? "line" : "bar";
    charts.set(name, new Chart(canvas, { type, data: data(name), options: options(name) }));
  }

  function say(place, part, text) {
    for (const element of place.querySelectorAll(`[data-shows=${part}]`)) {
      element.textContent = text;
    }
  }

  function cell(tag, content) {
    const made = document.createElement(tag);
    made.append(content);
    if (tag === "th") {
      made.scope = "row";
    }
    return made;
  }

  function fillTable(name) {
    const { rows, total } = overview.shown.frame.pictures[name];
    const table = figure(name).querySelector("table");
    table.tBodies[0].replaceChildren(
      ...rows.map(([label, ...numbers]) => {
        const row = document.createElement("tr");
        row.append(cell("th", label), ...numbers.map((number) => cell("td", number)));
        return row;
      }),
    );
    [...(table.tFoot?.querySelectorAll("td") ?? [])].forEach((each, column) => {
      each.textContent = total[column] ?? 0;
    });
  }

  function link(code) {
    const item = document.createElement("li");
    const made = document.createElement("a");
    made.href = overview.addressOf(code);
    made.textContent = overview.shown.states[code].name;
    item.append(made);
    return item;
  }

  function fillStates() {
    const { groups } = overview.shown.frame.map;
    for (const row of document.querySelectorAll("#map tr[data-status]")) {
      const codes = groups[row.dataset.status] ?? [];
      row.hidden = codes.length === 0;
      row.cells[1].textContent = codes.length;
      row.cells[2].firstElementChild.replaceChildren(...codes.map(link));
    }
  }

  // Show another day in every picture, sentence and table.
  overview.show = (shown) => {
    overview.shown = shown;
    const { frame } = shown;
    say(root, "day", frame.day);
    say(figure("map"), "sentence", frame.map.sentence);
    fillStates();
    overview.updateMap();
    for (const name of NAMES) {
      const { sentence, note } = frame.pictures[name];
      say(figure(name), "sentence", sentence);
      say(figure(name), "note", note);
      fillTable(name);
      const chart = charts.get(name);
      if (chart) {
        const fresh = data(name);
        chart.data.labels = fresh.labels;
        fresh.datasets.forEach((each, at) => Object.assign(chart.data.datasets[at], { data: each.data }));
        chart.options.animation = overview.animation();
        chart.options.scales.y.suggestedMax = overview.mostOf?.(name) ?? 4;
        chart.update();
      }
    }
  };

  overview.draw = () => {
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.color = overview.colour("ink");
    NAMES.forEach(draw);
    return overview.drawMap();
  };

  function printed(isPrinted) {
    document.documentElement.classList.toggle("printing", isPrinted);
    overview.draw();
  }

  async function start() {
    await document.fonts.ready;
    await overview.draw();
    for (const canvas of root.querySelectorAll(".picture-canvas:not([hidden])")) {
      canvas.parentElement.querySelector("details").open = false;
    }
    root.querySelector(".map-way a")?.addEventListener("click", ({ target }) => {
      target.closest(".picture").querySelector("details").open = true;
    });
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
      matchMedia(query).addEventListener("change", overview.draw);
    }
    addEventListener("beforeprint", () => printed(true));
    addEventListener("afterprint", () => printed(false));
  }

  const settle = () => {
    root.dataset.settled = "";
  };
  if (window.Chart && window.ChartGeo) {
    start().finally(settle);
  } else {
    settle();
  }
})();
