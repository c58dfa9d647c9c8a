// The map: one area for all who are not parties, and the States parties by status.
(() => {
  const ANTARCTICA = "010";
  const DOT = 5; // pixels at most, and on a narrow map a hundredth of its width
  // What must be in the picture: from Alaska to Fiji, from Greenland to Cape Horn.
  const EXTENT = { type: "MultiPoint", coordinates: [[-140, 0], [180, 0], [0, 80], [0, -56]] };
  let atlas;
  let chart;

  // Nothing where the outlines do not come: then the table stays open, and there is no map.
  async function read() {
    try {
      const answer = await fetch(document.getElementById("pictures").dataset.world);
      return answer.ok ? await answer.json() : undefined;
    } catch {
      return undefined;
    }
  }

  // Clockwise, which is how D3 tells the inside of a ring on the globe from all the rest.
  function dot([longitude, latitude], degrees) {
    const wide = degrees / Math.cos((latitude * Math.PI) / 180);
    const ring = Array.from({ length: 25 }, (_, step) => {
      const turn = (step * Math.PI) / 12;
      return [longitude + wide * Math.sin(turn), latitude + degrees * Math.cos(turn)];
    });
    return { type: "Feature", geometry: { type: "Polygon", coordinates: [ring] } };
  }

  function shapeOf(state, width) {
    const { topojson } = ChartGeo;
    const found = atlas.objects.countries.geometries.find((each) => each.id === state.m49);
    const parts = found ? [topojson.feature(atlas, found)] : [];
    if (state.at) {
      parts.push(dot(state.at, Math.min((DOT * 360) / width, 3.6)));
    }
    return { type: "FeatureCollection", features: parts };
  }

  function datasets(frame, states, width) {
    const parties = new Set(Object.values(frame.map.groups).flat().map((code) => states[code].m49));
    const others = atlas.objects.countries.geometries.filter(
      ({ id }) => id !== ANTARCTICA && !parties.has(id),
    );
    const land = { feature: ChartGeo.topojson.merge(atlas, others), value: 0 };
    const rows = document.querySelectorAll("#map tr[data-status]");
    const shown = [...rows].map((row) => ({
      label: row.dataset.label,
      outline: EXTENT,
      backgroundColor: overview.fillOf(row.dataset.status),
      borderColor: overview.colour("boundary"),
      borderWidth: 0.75,
      data: (frame.map.groups[row.dataset.status] ?? []).map((code) => ({
        feature: shapeOf(states[code], width),
        value: 0,
        code,
      })),
    }));
    const nobody = {
      label: "",
      outline: EXTENT,
      backgroundColor: overview.colour("land"),
      borderColor: overview.colour("coast"),
      borderWidth: 0.5,
      data: [land],
    };
    return [nobody, ...shown];
  }

  const pointed = (elements) => {
    const { datasetIndex, index } = elements.at(-1) ?? {};
    return datasetIndex ? chart.data.datasets[datasetIndex].data[index].code : undefined;
  };

  function options() {
    const plugins = overview.plugins(true);
    plugins.legend.labels.filter = ({ datasetIndex }, { datasets: all }) =>
      datasetIndex > 0 && all[datasetIndex].data.length > 0;
    plugins.tooltip.filter = ({ datasetIndex }) => datasetIndex > 0;
    plugins.tooltip.callbacks = {
      label: ({ dataset, raw }) => overview.pair(overview.shown.states[raw.code].name, dataset.label),
    };
    return {
      animation: false,
      devicePixelRatio: overview.sharpness(),
      maintainAspectRatio: false,
      plugins,
      scales: {
        projection: { axis: "x", projection: "equalEarth", padding: 4 },
        color: { axis: "x", display: false },
      },
      onClick: (_event, elements) => {
        const code = pointed(elements);
        if (code) {
          location.assign(overview.addressOf(code));
        }
      },
      onHover: ({ native }, elements) => {
        native?.target.classList.toggle("leads-on", Boolean(pointed(elements)));
      },
    };
  }

  overview.drawMap = async () => {
    atlas ??= await read();
    if (!atlas) {
      return;
    }
    const canvas = document.querySelector("#map canvas");
    canvas.parentElement.hidden = false;
    const { frame, states } = overview.shown;
    chart?.destroy();
    chart = new Chart(canvas, {
      type: "choropleth",
      data: { labels: [], datasets: datasets(frame, states, canvas.parentElement.clientWidth) },
      options: options(),
    });
  };

  overview.updateMap = () => {
    if (chart) {
      const { frame, states } = overview.shown;
      chart.data.datasets = datasets(frame, states, chart.width);
      chart.update("none");
    }
  };
})();
