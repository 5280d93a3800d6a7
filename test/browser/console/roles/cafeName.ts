/** Of the program whose controls are looked at: it is typed to confirm. */
export const CAFE_NAME = 'Dewdrop Café';
