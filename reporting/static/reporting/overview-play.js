// The slider moves through the years without a new page, and a button lets it move by itself.
(() => {
  const PACE = 1200; // milliseconds
  const slider = document.getElementById("year");
  const button = document.getElementById("play");
  const failed = document.getElementById("history-failed");
  let history;
  let clock;

  async function read() {
    try {
      const answer = await fetch(document.getElementById("pictures").dataset.history);
      if (!answer.ok) {
        throw new Error(answer.statusText);
      }
      history = await answer.json();
      failed.hidden = true;
      steady();
    } catch {
      failed.hidden = false;
    }
    return history;
  }

  // The same axes for every year, so that what moves is the numbers.
  function steady() {
    const last = history.frames.at(-1).pictures;
    overview.labelsOf = (name) =>
      ["received", "waiting"].includes(name) ? last[name].labels : undefined;
    const sum = (row, drawn) => row.slice(1, drawn + 1).reduce((one, other) => one + other, 0);
    overview.mostOf = (name) =>
      Math.max(
        ...history.frames.flatMap(({ pictures }) =>
          pictures[name].rows.map((row) => sum(row, pictures[name].drawn)),
        ),
      );
  }

  // What the page says of its day, so that it is true on paper too; the markup is our own.
  function head({ heading, dayLine }) {
    const title = document.querySelector("h1");
    const said = title.textContent.trim();
    title.innerHTML = heading;
    document.title = document.title.replace(said, title.textContent.trim());
    document.querySelector(".as-at-day").innerHTML = dayLine;
  }

  function show() {
    const frame = history.frames.find(({ year }) => year === Number(slider.value));
    document.getElementById("day-shown").value = frame.day;
    head(frame);
    overview.show({ frame, states: history.states });
  }

  function pause() {
    clearInterval(clock);
    clock = undefined;
    button.classList.remove("is-playing");
  }

  function step() {
    slider.value = Number(slider.value) + 1;
    show();
    if (slider.value === slider.max) {
      pause();
    }
  }

  async function play() {
    button.classList.add("is-playing");
    clock = setInterval(() => history && step(), PACE);
    if (!(history ?? (await read()))) {
      pause();
      return;
    }
    if (slider.value === slider.max) {
      slider.value = slider.min;
    }
    show();
  }

  if (window.overview?.show) {
    button.hidden = false;
    document.getElementById("years-shown").hidden = false;
    button.addEventListener("click", () => (clock ? pause() : play()));
    slider.addEventListener("input", async () => {
      pause();
      if (history ?? (await read())) {
        show();
      }
    });
  }
})();
