import { slips } from "./properties";

slips("dev");
