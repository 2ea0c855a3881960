import { assertEquals } from "@std/assert";
import { Random } from "../../server/base/random.ts";
import { bitsOf, cellOf, decode, encode, geohashString, LATITUDE_MAX, LONGITUDE_MAX, type Place } from "./geohash.ts";
import { cellsOf, Circle, distanceBetween, distanceWithin, type Shape } from "./shape.ts";

function randomPlace(random: Random): Place {
  return {
    longitude: (random.fraction() * 2 - 1) * LONGITUDE_MAX,
    latitude: (random.fraction() * 2 - 1) * LATITUDE_MAX,
  };
}

Deno.test("geo: a place comes back from its score within half a metre", () => {
  const random = new Random(1);
  for (let i = 0; i < 3000; i++) {
    const place = randomPlace(random);
    const score = encode(place);
    const back = decode(score, { longitude: 0, latitude: 0 });
    const metres = distanceBetween(place.longitude, place.latitude, back.longitude, back.latitude);
    assertEquals(metres < 0.5, true, `${place.longitude} ${place.latitude} moved by ${metres}`);
    assertEquals(encode(back), score);
  }
});

Deno.test("geo: the places of the documentation", () => {
  const palermo = { longitude: 13.361389, latitude: 38.115556 };
  assertEquals(encode(palermo), 3479099956230698);
  assertEquals(geohashString(decode(3479099956230698, { longitude: 0, latitude: 0 })), "sqc8b49rny0");
  assertEquals(distanceBetween(13.361389, 38.115556, 15.087269, 37.502669).toFixed(0), "166274");
});

Deno.test("geo: the cells of a shape cover it", () => {
  const random = new Random(2);
  for (let i = 0; i < 300; i++) {
    const metres = () => 10 ** (1 + random.fraction() * 5);
    const centre = randomPlace(random);
    centre.latitude *= 0.9;
    const isCircle = i % 2 === 0;
    const shape: Shape = { centre, radius: isCircle ? metres() : null, width: metres(), height: metres() };
    const cells = cellsOf(shape);
    const reach = shape.radius ?? Math.max(shape.width, shape.height);
    let within = 0;
    for (let tries = 0; tries < 200; tries++) {
      const degrees = reach / 111_000;
      const place = {
        longitude: centre.longitude + (random.fraction() * 2 - 1) * degrees,
        latitude: centre.latitude + (random.fraction() * 2 - 1) * degrees,
      };
      if (Math.abs(place.longitude) > LONGITUDE_MAX || Math.abs(place.latitude) > LATITUDE_MAX) continue;
      if (Number.isNaN(distanceWithin(shape, place))) continue;
      within++;
      const bits = bitsOf(cellOf(place, cells[0].steps));
      assertEquals(
        cells.some((cell) => bitsOf(cell) === bits),
        true,
        `no cell for ${JSON.stringify({ shape, place })}`,
      );
    }
    if (isCircle) assertEquals(within > 0, true);
  }
});

Deno.test("geo: a circle tells no place to be on the wrong side of its edge, and most without a measurement", () => {
  const random = new Random(5);
  let measured = 0;
  const places = 30_000;
  for (let i = 0; i < places; i++) {
    const centre = randomPlace(random);
    const radius = 10 ** (random.fraction() * 7 - 1);
    const degrees = radius / 50_000 * (i % 3 === 0 ? 100 : 1);
    const place = {
      longitude: centre.longitude + (random.fraction() * 2 - 1) * degrees,
      latitude: Math.max(
        -LATITUDE_MAX,
        Math.min(LATITUDE_MAX, centre.latitude + (random.fraction() * 2 - 1) * degrees),
      ),
    };
    const side = new Circle(centre, radius).side(place);
    const distance = distanceWithin({ centre, radius, width: 0, height: 0 }, place);
    if (side === 0) measured++;
    else assertEquals(side > 0, !Number.isNaN(distance), `${JSON.stringify({ centre, radius, place })}`);
  }
  assertEquals(measured < places / 2, true, `${measured} were measured`);
});
