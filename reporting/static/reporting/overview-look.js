// How the pictures look: colours from the style sheet as it applies now, and a pattern for each, so
// that nothing is told by colour alone.
window.overview = {};

(() => {
  // The fill of each column or status: a colour of overview.css, and a pattern.
  const FILLS = {
    overdue: [["vermillion", "plain"], ["orange", "rising"]],
    due: [["blue", "plain"], ["orange", "rising"], ["sky", "dots"]],
    received: [["blue", "plain"], ["vermillion", "rising"], ["grey", "dots"]],
    waiting: [["purple", "plain"]],
    map: {
      overdue: ["vermillion", "plain"],
      "due soon": ["orange", "rising"],
      upcoming: ["blue", "level"],
      "awaiting consideration": ["purple", "crossed"],
      unconfirmed: ["sky", "dots"],
      "no date": ["grey", "falling"],
      "nothing open": ["green", "upright"],
      "none of it": ["vermillion", "plain"],
      "less than half": ["orange", "rising"],
      "half or more": ["sky", "dots"],
      "all of it": ["green", "upright"],
    },
  };
  const SIZE = 8;
  const LINES = {
    rising: [[-1, 9, 9, -1], [-1, 1, 1, -1], [7, 9, 9, 7]],
    falling: [[-1, -1, 9, 9], [7, -1, 9, 1], [-1, 7, 1, 9]],
    level: [[0, 4, 8, 4]],
    upright: [[4, 0, 4, 8]],
    crossed: [[0, 4, 8, 4], [4, 0, 4, 8]],
  };

  function token(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function tile(colour, over, pattern, scale) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = SIZE * scale;
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, SIZE, SIZE);
    pen.fillStyle = pen.strokeStyle = over;
    pen.lineWidth = 1.5;
    pen.beginPath();
    for (const [x, y, toX, toY] of LINES[pattern] ?? []) {
      pen.moveTo(x, y);
      pen.lineTo(toX, toY);
    }
    pen.stroke();
    if (pattern === "dots") {
      for (const at of [2, 6]) {
        pen.beginPath();
        pen.arc(at, at, 1, 0, 2 * Math.PI);
        pen.fill();
      }
    }
    return canvas;
  }

  function fill([colour, pattern]) {
    if (pattern === "plain") {
      return token(`--chart-${colour}`);
    }
    const scale = Math.ceil(overview.sharpness());
    const drawn = tile(token(`--chart-${colour}`), token("--chart-over"), pattern, scale);
    const made = document.createElement("canvas").getContext("2d").createPattern(drawn, "repeat");
    made.setTransform(new DOMMatrix().scale(1 / scale));
    return made;
  }

  overview.fills = (picture) => FILLS[picture].map(fill);
  overview.fillOf = (status) => fill(FILLS.map[status]);
  overview.colour = (name) => token(`--chart-${name}`);
  // Dots of the screen, or of paper, in a pixel.
  overview.sharpness = () =>
    document.documentElement.classList.contains("printing") ? 3 : window.devicePixelRatio || 1;
  overview.animation = () =>
    matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 500 };

  overview.plugins = (withLegend) => {
    const rtl = document.documentElement.dir === "rtl";
    const labels = { color: overview.colour("ink"), boxWidth: 28, boxHeight: 14 };
    return {
      legend: { display: withLegend, rtl, textDirection: rtl ? "rtl" : "ltr", align: "start", labels, onClick: null },
      tooltip: {
        rtl,
        textDirection: rtl ? "rtl" : "ltr",
        boxPadding: 4,
        callbacks: { label: ({ dataset, formattedValue }) => overview.pair(dataset.label, formattedValue) },
      },
    };
  };

  // A name and its number as the language of the page writes them, where Chart.js writes English.
  overview.pair = (name, value) =>
    document
      .querySelector(".pictures")
      .dataset.pair.replace("{name}", () => name)
      .replace("{value}", () => value);

  // Slanted labels lean to the left. Chart.js makes room for the first of them; where the axis is mirrored,
  // the one at the left edge is the last.
  overview.roomForLabels = (scale) => {
    const last = scale.ticks.at(-1);
    if (scale.options.reverse && scale.labelRotation && last) {
      const turn = (scale.labelRotation * Math.PI) / 180;
      const font = Chart.helpers.toFont(scale.options.ticks.font);
      scale.ctx.font = font.string;
      const wide =
        scale.ctx.measureText(last.label).width * Math.cos(turn) + font.lineHeight * Math.sin(turn);
      const at = scale.getPixelForTick(scale.ticks.length - 1) - scale.left;
      scale.paddingLeft = Math.max(scale.paddingLeft, wide - at);
    }
  };
})();
