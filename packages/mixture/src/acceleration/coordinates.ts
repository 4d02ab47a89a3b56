/** Unconstrained coordinates of states about one of them, in which a step of EM is about a step along the slope of the objective. */
export interface Coordinates<State> {
  of(state: State): Promise<Float64Array>;
  /** The state of coordinates, or nothing where rounding leaves none. */
  at(coordinates: Float64Array): Promise<State | undefined>;
  /** The slope of the objective at a state, from what EM makes of it. */
  slope(state: State, mapped: State): Promise<Float64Array>;
  /** Whether coordinates are so far from the anchor that a new one serves better. */
  isFar(coordinates: Float64Array): boolean;
}
