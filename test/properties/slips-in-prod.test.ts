import { slips } from "./properties";

slips("prod");
