// A field for a moment that begins with the time at which it is added, on the clock of the account.
(() => {
  const DateTimeInput = telepath.constructors["wagtail.widgets.AdminDateTimeInput"];

  class MomentInput extends DateTimeInput {
    constructor(config, zone) {
      super(config);
      // Sweden writes dates as the field does: 2024-05-03 06:39
      this.clock = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone: zone });
    }

    render(place, name, id, state, ...others) {
      return super.render(place, name, id, state || this.clock.format(new Date()), ...others);
    }
  }

  telepath.register("warta.MomentInput", MomentInput);
})();
