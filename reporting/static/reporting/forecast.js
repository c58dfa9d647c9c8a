// Draws the backlog as a line with the band in which eight of ten futures lie.
(() => {
  const figure = document.getElementById("backlog");
  const canvas = figure.querySelector("canvas");
  const { rows, labels, columns } = JSON.parse(document.getElementById("forecast-data").textContent);
  let chart = null;

  const column = (number) => rows.map((row) => row[number + 1]);

  function datasets() {
    const ink = overview.colour("ink");
    const edge = { borderColor: ink, borderWidth: 1, borderDash: [4, 4], pointRadius: 0 };
    const sky = overview.colour("sky");
    const band = sky.startsWith("#") ? `${sky}66` : "transparent"; // forced colours have names
    return [
      {
        label: columns[1],
        data: column(1),
        borderColor: overview.colour("purple"),
        backgroundColor: overview.colour("purple"),
        borderWidth: 3,
        pointRadius: 3,
      },
      { label: columns[0], data: column(0), ...edge },
      { label: columns[2], data: column(2), ...edge, fill: "-1", backgroundColor: band },
    ];
  }

  function options() {
    const ink = overview.colour("ink");
    const rtl = document.documentElement.dir === "rtl";
    return {
      animation: false,
      devicePixelRatio: overview.sharpness(),
      maintainAspectRatio: false,
      locale: document.documentElement.lang,
      interaction: { mode: "index", intersect: false },
      plugins: overview.plugins(true),
      scales: {
        x: {
          reverse: rtl,
          ticks: { color: ink },
          grid: { display: false },
          border: { color: ink },
          afterFit: overview.roomForLabels,
        },
        y: {
          beginAtZero: true,
          suggestedMax: 4,
          position: rtl ? "right" : "left",
          ticks: { color: ink, precision: 0 },
          grid: { color: overview.colour("grid") },
          border: { display: false },
        },
      },
    };
  }

  function draw() {
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    canvas.parentElement.hidden = false;
    chart?.destroy();
    chart = new Chart(canvas, { type: "line", data: { labels, datasets: datasets() }, options: options() });
  }

  function printed(isPrinted) {
    document.documentElement.classList.toggle("printing", isPrinted);
    draw();
  }

  async function start() {
    await document.fonts.ready;
    draw();
    figure.querySelector("details").open = false;
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
      matchMedia(query).addEventListener("change", draw);
    }
    addEventListener("beforeprint", () => printed(true));
    addEventListener("afterprint", () => printed(false));
  }

  const settle = () => {
    figure.parentElement.dataset.settled = "";
  };
  if (window.Chart) {
    start().finally(settle);
  } else {
    settle();
  }
})();
