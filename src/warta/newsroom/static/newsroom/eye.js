// Moves the focal point of a photo by the arrow keys; Wagtail's own chooser asks for a mouse to begin with.
(() => {
  // Jcrop finds out by an inline handler, which the policy stops, whether there is touch.
  if (window.jQuery?.Jcrop) window.jQuery.Jcrop.defaults.touchSupport = "ontouchstart" in window;
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const input = (name) => document.querySelector(`input.focal_point_${name}`);
  const valueOf = (name, otherwise) => Number(input(name).value) || Math.round(otherwise);
  const within = (place, size, whole) => Math.round(Math.min(Math.max(place, size / 2), whole - size / 2));

  const move = (step, wide, high) => {
    const width = valueOf("width", wide / 5);
    const height = valueOf("height", high / 5);
    const x = within(valueOf("x", wide / 2) + (step[0] * wide) / 50, width, wide);
    const y = within(valueOf("y", high / 2) + (step[1] * high) / 50, height, high);
    Object.entries({ x, y, width, height }).forEach(([name, value]) => {
      input(name).value = value;
    });
    const frame = document.querySelector(".current-focal-point-indicator");
    if (frame) {
      frame.classList.remove("hidden");
      frame.style.left = `${(100 * (x - width / 2)) / wide}%`;
      frame.style.top = `${(100 * (y - height / 2)) / high}%`;
      frame.style.width = `${(100 * width) / wide}%`;
      frame.style.height = `${(100 * height) / high}%`;
    }
    return `${Math.round((100 * x) / wide)} % → · ${Math.round((100 * y) / high)} % ↓`;
  };

  document.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const image = document.querySelector(".focal-point-chooser img[data-original-width]");
    if (!step || !image || !event.target.matches?.("[data-eye]")) return;
    event.preventDefault();
    const size = [image.dataset.originalWidth, image.dataset.originalHeight].map(Number);
    document.getElementById("photo-eye").textContent = move(step, ...size);
  });
})();
